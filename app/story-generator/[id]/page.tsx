import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageUser } from "@/lib/client/page-user";
import { findStory } from "@/lib/domains/studio/stories/read-story";
import { PageShell } from "../../_components/page-shell";
import { meansOf } from "../../_components/studio/means-of";
import { requireUser } from "../../_components/viewer";
import { StoryStudio } from "../_components/story-studio";

export const metadata: Metadata = { title: "Story" };

type StoryPageProps = { params: Promise<{ id: string }> };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function StoryPage({ params }: StoryPageProps) {
  const { id } = await params;
  const viewer = await requireUser(`/story-generator/${encodeURIComponent(id)}`);
  const whole = ID.test(id) ? await findStory(viewer.userId, id) : null;
  if (whole === null) notFound();
  return (
    <PageShell viewer={viewer}>
      <PageUser userId={viewer.userId}>
        <StoryStudio initial={whole} {...meansOf(viewer)} />
      </PageUser>
    </PageShell>
  );
}
