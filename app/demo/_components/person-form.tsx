"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/lib/ui/button";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Notice } from "@/lib/ui/notice";
import { Select } from "@/lib/ui/select";
import { followSignInLink } from "./follow-link";
import { formText } from "./form-text";

/** Somebody new: what the hub would put into the token. */
export function PersonForm({ redirect }: { redirect: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => formText(fields, name);
    setBusy(true);
    setProblem(
      await followSignInLink(
        {
          user_id: text("id"),
          username: text("name"),
          email: text("email"),
          subscription_status: text("subscription"),
          ...(text("credits") === "" ? {} : { credits: Number(text("credits")) }),
        },
        redirect,
      ),
    );
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="mt-10 space-y-5" aria-labelledby="made-up">
      <h3 id="made-up" className="font-medium">
        Or make somebody up
      </h3>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Id"
          hint="The demo’s hub signs ids that begin with demo_ only; it puts that before yours."
        >
          {(control) => (
            <Input
              {...control}
              name="id"
              required
              maxLength={45}
              pattern="[A-Za-z0-9_\-]+"
              autoComplete="off"
              placeholder="erik"
            />
          )}
        </Field>
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              name="name"
              required
              maxLength={80}
              autoComplete="off"
              placeholder="Erik Lund"
            />
          )}
        </Field>
        <Field label="Email">
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              required
              autoComplete="off"
              placeholder="erik@demo.example"
            />
          )}
        </Field>
        <Field label="Subscription">
          {(control) => (
            <Select {...control} name="subscription" defaultValue="free">
              <option value="free">free</option>
              <option value="plus">plus</option>
              <option value="pro">pro</option>
            </Select>
          )}
        </Field>
        <Field
          label="KU Coins"
          aside="optional"
          hint="The opening balance, if Penora has never seen this id; no later token can change it. Empty: the welcome of 60."
        >
          {(control) => (
            <Input
              {...control}
              name="credits"
              type="number"
              min={0}
              max={1_000_000}
              step={1}
              inputMode="numeric"
            />
          )}
        </Field>
      </div>
      {problem ? (
        <Notice tone="error" role="alert">
          {problem}
        </Notice>
      ) : null}
      <Button type="submit" variant="primary" busy={busy}>
        Sign in with this token
      </Button>
    </form>
  );
}
