"use client";

import { useEffect, useId, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { listMyShares, revokeMyShare, type Share, shareMyProject } from "@/lib/contract/exports";
import { Button } from "@/lib/ui/button";
import { Dialog } from "@/lib/ui/dialog";
import { Field } from "@/lib/ui/field";
import { Notice } from "@/lib/ui/notice";
import { Select } from "@/lib/ui/select";
import { SharedLink } from "./shared-link";

const ENDS = [
  { days: 0, name: "Until I revoke it" },
  { days: 1, name: "1 day" },
  { days: 7, name: "7 days" },
  { days: 30, name: "30 days" },
];

export type ShareDialogProps = { code: string; open: boolean; onOpenChange: (open: boolean) => void };

/** The links that show a project to whoever has them: made, copied and revoked here. */
export function ShareDialog({ code, open, onOpenChange }: ShareDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Share to read"
      description="Whoever has the link sees the text as it is at that moment, with your name and without your email. Nobody can change it, and search engines are told to stay away."
    >
      {open ? <Links code={code} /> : null}
    </Dialog>
  );
}

function Links({ code }: { code: string }) {
  const [shares, setShares] = useState<readonly Share[] | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [days, setDays] = useState(0);
  const call = useCallApi();
  const heading = useId();

  useEffect(() => {
    const leaving = new AbortController();
    call(listMyShares, { code }, { signal: leaving.signal }).then(
      (answer) => setShares(answer.shares),
      (error: unknown) => leaving.signal.aborted || setProblem(inWords(error)),
    );
    return () => leaving.abort();
  }, [call, code]);

  /** One thing at a time, and what went wrong is said here. */
  async function run(name: string, work: () => Promise<void>) {
    if (busy !== null) return;
    setBusy(name);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(inWords(error));
    } finally {
      setBusy(null);
    }
  }

  const create = () =>
    run("create", async () => {
      const { share } = await call(shareMyProject, {
        code,
        ...(days === 0 ? {} : { expires_in_days: days }),
      });
      setShares((before) => [share, ...(before ?? [])]);
      setSaid("The link is there.");
    });

  const revoke = (id: string) =>
    run(id, async () => {
      await call(revokeMyShare, { code, id });
      setShares((before) => (before ?? []).filter((share) => share.id !== id));
      setSaid("The link was revoked.");
    });

  return (
    <>
      {problem === null ? null : (
        <Notice tone="error" role="alert" className="mb-4">
          {problem}
        </Notice>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="The link works" className="min-w-40 flex-1">
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {ENDS.map((end) => (
                <option key={end.days} value={end.days}>
                  {end.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button variant="primary" busy={busy === "create"} onClick={() => void create()}>
          Create a link
        </Button>
      </div>
      {shares === null || shares.length === 0 ? null : (
        <section aria-labelledby={heading} className="mt-6">
          <h3 id={heading} className="text-sm font-medium">
            {shares.length === 1 ? "The link that works now" : "The links that work now"}
          </h3>
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {shares.map((share) => (
              <SharedLink
                key={share.id}
                share={share}
                busy={busy === share.id}
                onRevoke={() => void revoke(share.id)}
              />
            ))}
          </ul>
        </section>
      )}
      {shares?.length === 0 ? (
        <p className="mt-4 text-sm text-faint">No link yet: nobody but you can read this.</p>
      ) : null}
    </>
  );
}

function inWords(error: unknown): string {
  const { title, description } = describeFailure(error);
  return `${title} ${description}`;
}
