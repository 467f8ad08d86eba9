import type { Metadata } from "next";
import { coinsInWords } from "@/lib/ui/coin";
import { ButtonLink } from "@/lib/ui/button-link";
import { PageShell } from "../_components/page-shell";
import { currentViewer, signInUrl } from "../_components/viewer";
import { Ways } from "../_components/ways";

export const metadata: Metadata = { title: { absolute: "Welcome to Penora" } };

const ways = [
  {
    href: "/single-prompt",
    title: "Single prompt",
    text: "One idea in, up to fifty pages out, with the price before.",
  },
  {
    href: "/story-generator",
    title: "Story",
    text: "Up to forty chapters: the idea, its people and places, the plan, then one chapter after the other.",
  },
  {
    href: "/writing-tools",
    title: "Writing tools",
    text: "Go on, rewrite, describe or brainstorm, from a text of yours.",
  },
  { href: "/workspace", title: "Workspace", text: "Everything that you made, here and in the other apps." },
  { href: "/account", title: "Account", text: "Your coins, each with its line, and your space." },
];

/** Where the hub's link leads: the person has just been signed in, or is a guest who followed a bare link. */
export default async function LandingPage() {
  const viewer = await currentViewer();
  return (
    <PageShell viewer={viewer} width="form">
      <div className="pt-4 sm:pt-10">
        <h1 className="font-serif text-4xl leading-tight font-medium tracking-[-0.018em] break-words sm:text-5xl">
          {viewer ? `Welcome, ${viewer.username}.` : "Welcome to Penora."}
        </h1>
        {viewer ? (
          <>
            <p className="mt-5 max-w-prose font-serif text-xl leading-relaxed text-soft">
              {viewer.credits > 0
                ? `You have ${coinsInWords(viewer.credits)} to write with. Where would you like to begin?`
                : "You have no KU Coins at the moment. Your texts are in the workspace, and your account says where the coins went."}
            </p>
            <div className="mt-10">
              <Ways label="Where to begin" ways={ways} />
            </div>
          </>
        ) : (
          <>
            <p className="mt-5 max-w-prose font-serif text-xl leading-relaxed text-soft">
              Penora is the writing app of sukusuku.ai. It writes texts of many pages and stories of many
              chapters with you, and says what it can cost before it writes the first word. Coins and
              workspace are shared with the other apps of your account.
            </p>
            <div className="mt-9 flex flex-wrap items-center gap-x-6 gap-y-4">
              <ButtonLink href={signInUrl("/penora")} variant="primary" size="lg">
                Sign in with sukusuku.ai
              </ButtonLink>
              <a href="/" className="link text-[0.9375rem] font-medium">
                What Penora does
              </a>
            </div>
          </>
        )}
      </div>
    </PageShell>
  );
}
