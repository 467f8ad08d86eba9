import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageUser } from "@/lib/client/page-user";
import { findGeneration, listOf } from "@/lib/domains/studio/read-generation";
import { PageShell } from "../_components/page-shell";
import { meansOf } from "../_components/studio/means-of";
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
  return (
    <PageShell viewer={viewer}>
      <PageUser userId={viewer.userId}>
        <Studio shown={shown} last={last.generations} {...meansOf(viewer)} />
      </PageUser>
    </PageShell>
  );
}
