import type { Metadata } from "next";
import { listLedgerApps, usageByDay } from "@/lib/domains/credits/tally";
import { listSettlements } from "@/lib/domains/studio/list-settlements";
import { LabelledMeter } from "@/lib/ui/labelled-meter";
import { Section } from "@/lib/ui/section";
import { balanceOf } from "../_components/balance-of";
import { PageShell } from "../_components/page-shell";
import { requireUser } from "../_components/viewer";
import { Balance } from "./_components/balance";
import { LowBalanceField } from "./_components/low-balance-field";
import { Profile } from "./_components/profile";
import { readStatement, statementHref, type StatementQuery } from "./_components/read-statement";
import { Settlements } from "./_components/settlements";
import { SignOut } from "./_components/sign-out-buttons";
import { Statement } from "./_components/statement";
import { Usage } from "./_components/usage";

export const metadata: Metadata = { title: "Account" };

const USAGE_DAYS = 30;
const SETTLEMENTS = 20;

type AccountPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const query: StatementQuery = await searchParams;
  const viewer = await requireUser(statementHref(query));
  const [statement, apps, usage, settlements] = await Promise.all([
    readStatement(viewer.userId, query),
    listLedgerApps(viewer.userId),
    usageByDay(viewer.userId, USAGE_DAYS),
    listSettlements(viewer.userId, SETTLEMENTS),
  ]);
  const { storage } = viewer;
  return (
    <PageShell viewer={viewer} title="Account">
      <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[1fr_20rem]">
        <Profile viewer={viewer} />
        <div className="order-first space-y-9 lg:order-none">
          <Balance initial={balanceOf(viewer)} />
          <LowBalanceField userId={viewer.userId} threshold={viewer.lowBalanceThreshold} />
          <LabelledMeter
            label="Storage"
            value={storage.used_bytes}
            max={storage.limit_bytes}
            text={`${storage.used_mb} MB of ${storage.limit_mb} MB`}
          />
        </div>
      </div>
      <div className="mt-16 space-y-16">
        <Section
          title="Statement"
          description="Every coin that came or went, with the app that moved it. What is only set aside is not in it yet."
          id="statement"
        >
          <Statement {...statement} apps={apps} />
        </Section>
        {settlements.length === 0 ? null : (
          <Section
            title="What was written"
            description="The last texts, chapters and answers: what was set aside for each, what it cost, and why."
          >
            <Settlements lines={settlements} />
          </Section>
        )}
        <Section title="Last 30 days" description="KU Coins spent a day, by all apps together.">
          <Usage days={usage} />
        </Section>
        <Section title="Signing out">
          <SignOut userId={viewer.userId} />
        </Section>
      </div>
    </PageShell>
  );
}
