import type { Metadata } from "next";
import { ButtonLink } from "@/lib/ui/button-link";
import { Message } from "../_components/message";
import { PageShell } from "../_components/page-shell";
import { currentViewer, signInUrl } from "../_components/viewer";

export const metadata: Metadata = { title: "Sign-in failed", robots: { index: false } };

/** Where a link with a bad token ends. What was wrong with it is for the log; here stands what helps. */
export default async function SignInFailedPage() {
  const viewer = await currentViewer();
  return (
    <PageShell viewer={viewer}>
      <Message
        mark="¶"
        title="That link could not sign you in."
        actions={
          <>
            <ButtonLink href={signInUrl("/penora")} variant="primary">
              Sign in at sukusuku.ai
            </ButtonLink>
            <ButtonLink href="/" variant="quiet">
              Home page
            </ButtonLink>
          </>
        }
      >
        <p>
          Sign-in links are good for a short time only. This one is too old, was cut short on its way, or was
          not issued by sukusuku.ai.
        </p>
        <p>
          Nothing of yours was changed. Sign in again and you get a fresh link; if that fails too, check that
          the clock of this device is right.
        </p>
        {viewer ? (
          <p className="text-ink">
            You are still signed in as {viewer.username}, so you can simply{" "}
            <a className="link" href="/penora">
              go on
            </a>
            .
          </p>
        ) : null}
      </Message>
    </PageShell>
  );
}
