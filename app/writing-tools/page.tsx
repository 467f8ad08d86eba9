import type { Metadata } from "next";
import { PageUser } from "@/lib/client/page-user";
import { findGeneration, listOf } from "@/lib/domains/studio/read-generation";
import { PageShell } from "../_components/page-shell";
import { meansOf } from "../_components/studio/means-of";
import { requireUser } from "../_components/viewer";
import { ToolsDesk } from "./_components/tools-desk";

export const metadata: Metadata = { title: "Writing tools" };

const LAST_ANSWERS = 3;

export default async function WritingToolsPage() {
  const viewer = await requireUser("/writing-tools");
  const { generations } = await listOf(viewer.userId, { kind: "tool", limit: LAST_ANSWERS });
  const last = await Promise.all(generations.map(({ id }) => findGeneration(viewer.userId, id)));
  return (
    <PageShell viewer={viewer} title="Writing tools">
      <PageUser userId={viewer.userId}>
        <ToolsDesk last={last.filter((writing) => writing !== null)} {...meansOf(viewer)} />
      </PageUser>
    </PageShell>
  );
}
