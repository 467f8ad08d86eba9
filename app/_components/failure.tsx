"use client";

import { Button } from "@/lib/ui/button";
import { ButtonLink } from "@/lib/ui/button-link";
import { Brand } from "./brand";
import { Message } from "./message";

/** The words of an error that carry over to the log: the digest alone, never the message. */
function digestOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;
}

/** A page that could not be made. Asks nothing of the server, which may be what is broken. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <div className="min-h-dvh bg-paper text-ink">
      <header className="border-b border-line">
        <div className="mx-auto flex h-15 max-w-wide items-center px-4 sm:px-6">
          <Brand />
        </div>
      </header>
      <main id="main" className="mx-auto max-w-wide px-4 pt-8 pb-20 sm:px-6 sm:pt-12">
        <Message
          mark="500"
          title="This page could not be made."
          actions={
            <>
              <Button variant="primary" onClick={retry}>
                Try again
              </Button>
              <ButtonLink href="/">Home page</ButtonLink>
            </>
          }
        >
          <p>
            Something went wrong on our side. Your texts are in the workspace and your coins are in the
            ledger; showing a page spends none.
          </p>
          {digest ? (
            <p className="text-sm text-faint">
              If it happens again, tell us this number: <span className="font-mono">{digest}</span>
            </p>
          ) : null}
        </Message>
      </main>
    </div>
  );
}
