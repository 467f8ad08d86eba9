"use client";

import { type FormEvent, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { type AnswerOf, callApi } from "@/lib/client/call-api";
import { tellBalance } from "@/lib/client/balance-news";
import { demoPicture } from "@/lib/contract/demo";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { EmptyState } from "@/lib/ui/empty-state";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Notice } from "@/lib/ui/notice";
import { formText } from "./form-text";
import { PictureResult } from "./picture-result";

export type PictureMakerProps = { price: number; userId: string | null; username: string | null };

/** The demo's ImageGene: a prompt, a price, and afterwards every call that it made. */
export function PictureMaker({ price, userId, username }: PictureMakerProps) {
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<{ prompt: string; picture: AnswerOf<typeof demoPicture> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  if (userId === null) {
    return (
      <EmptyState title="Nobody is signed in">
        ImageGene spends the coins of whoever is. Sign in as one of the people first.
      </EmptyState>
    );
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const prompt = formText(new FormData(event.currentTarget), "prompt");
    setBusy(true);
    try {
      const picture = await callApi(demoPicture, { prompt }, { userId });
      setProblem(null);
      setMade({ prompt, picture });
      const { credits } = picture;
      if (credits !== null) tellBalance({ credits });
    } catch (error) {
      setProblem(describeFailure(error).title);
    }
    setBusy(false);
  }

  return (
    <>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <Field label="What shall it show?" hint={`Spends the coins of ${username}.`}>
          {(control) => (
            <Input
              {...control}
              name="prompt"
              required
              maxLength={300}
              defaultValue="A lighthouse above the sea at dusk"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={busy}>
          Draw it for {coinsInWords(price)}
        </Button>
      </form>
      <div aria-live="polite">
        {problem ? (
          <Notice tone="error" className="mt-6">
            {problem}
          </Notice>
        ) : null}
        {made ? <PictureResult {...made} /> : null}
      </div>
    </>
  );
}
