import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DEMO_PICTURE_PRICE } from "@/lib/contract/demo";
import { readyPeople } from "@/lib/domains/demo/people";
import { ownPage } from "@/lib/domains/sessions/login-url";
import { env } from "@/lib/foundation/env";
import { Notice } from "@/lib/ui/notice";
import { Section } from "@/lib/ui/section";
import { PageShell } from "../_components/page-shell";
import { currentViewer } from "../_components/viewer";
import { PersonForm } from "./_components/person-form";
import { PictureMaker } from "./_components/picture-maker";
import { ReadyPeople } from "./_components/ready-people";

export const metadata: Metadata = { title: "Demo of the neighbours", robots: { index: false } };

type DemoPageProps = { searchParams: Promise<{ redirect?: string | string[] }> };

/** Plays sukusuku.ai and ImageGene, so that one can see a coin's whole life without either. */
export default async function DemoPage({ searchParams }: DemoPageProps) {
  if (!env().demo) notFound();
  const viewer = await currentViewer();
  const { redirect } = await searchParams;
  const goal = typeof redirect === "string" ? ownPage(redirect) : null;
  return (
    <PageShell
      viewer={viewer}
      returnTo={goal === null ? undefined : goal.pathname + goal.search}
      title="The neighbours, played"
      description="This is a demo, on this machine only. The two apps beside Penora are played here through their real interfaces: a signed token to sign in, and the unified API over HTTP to spend and save."
    >
      {goal !== null && viewer === null ? (
        <Notice className="mb-8" title="Sign in to go on">
          You were on your way to <strong className="font-medium text-ink">{goal.pathname}</strong>. Choose a
          person, and you come back there.
        </Notice>
      ) : null}
      <div className="grid gap-x-14 gap-y-14 lg:grid-cols-2">
        <Section
          title="As sukusuku.ai: sign in"
          description="The hub knows the people. It signs who you are and sends you to Penora with the token in the link; Penora takes it out of the address before it shows anything."
        >
          <ReadyPeople people={readyPeople()} redirect={goal?.href} current={viewer?.userId ?? null} />
          <PersonForm redirect={goal?.href} />
        </Section>
        <Section
          title="As ImageGene: make a picture"
          description={`A sibling app with a key of its own. Each picture costs ${DEMO_PICTURE_PRICE} KU Coins of the same purse and lands in the same workspace.`}
        >
          <PictureMaker
            price={DEMO_PICTURE_PRICE}
            userId={viewer?.userId ?? null}
            username={viewer?.username ?? null}
          />
        </Section>
      </div>
    </PageShell>
  );
}
