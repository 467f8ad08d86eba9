import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageUser } from "@/lib/client/page-user";
import { findGeneration, listOf } from "@/lib/domains/studio/read-generation";
import { findWriter } from "@/lib/domains/studio/studio-settings";
import { env } from "@/lib/foundation/env";
import { balanceOf } from "../_components/balance-of";
import { PageShell } from "../_components/page-shell";
import { requireUser } from "../_components/viewer";
import { Studio } from "./_components/studio";

export const metadata: Metadata = { title: "Write from a prompt" };

type SinglePromptPageProps = { searchParams: Promise<{ generation?: string | string[] }> };

const LAST_TEXTS = 5;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function SinglePromptPage({ searchParams }: SinglePromptPageProps) {
  const { generation: id } = await searchParams;
  const asked = typeof id === "string" ? id : null;
  const path = asked === null ? "" : `?generation=${encodeURIComponent(asked)}`;
  const viewer = await requireUser(`/single-prompt${path}`);
  const [shown, last] = await Promise.all([
    asked !== null && ID.test(asked) ? findGeneration(viewer.userId, asked) : null,
    listOf(viewer.userId, { kind: "single-prompt", limit: LAST_TEXTS }),
  ]);
  if (asked !== null && shown?.generation.kind !== "single-prompt") notFound();
  const writer = findWriter();
  return (
    <PageShell viewer={viewer}>
      <PageUser userId={viewer.userId}>
        <Studio
          shown={shown}
          last={last.generations}
          balance={balanceOf(viewer)}
          freeBytes={Math.max(0, viewer.storage.limit_bytes - viewer.storage.used_bytes)}
          topupUrl={env().sukusukuTopupUrl}
          writer={writer && { demoLabel: writer.isDemo ? writer.label : null }}
        />
      </PageUser>
    </PageShell>
  );
}
