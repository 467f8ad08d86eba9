import type { Metadata } from "next";
import { PageUser } from "@/lib/client/page-user";
import { storiesOf } from "@/lib/domains/studio/stories/read-story";
import { AppError } from "@/lib/foundation/app-error";
import { PageShell } from "../_components/page-shell";
import { meansOf } from "../_components/studio/means-of";
import { requireUser } from "../_components/viewer";
import { NewStory } from "./_components/new-story";
import { StoryList } from "./_components/story-list";

export const metadata: Metadata = { title: "Write a story" };

type StoriesPageProps = { searchParams: Promise<{ before?: string | string[] }> };

const STORIES_SHOWN = 10;

export default async function StoriesPage({ searchParams }: StoriesPageProps) {
  const { before } = await searchParams;
  const viewer = await requireUser("/story-generator");
  const { stories, next_cursor: more } = await listFrom(viewer.userId, before);
  return (
    <PageShell viewer={viewer}>
      <PageUser userId={viewer.userId}>
        <NewStory {...meansOf(viewer)} />
        <StoryList stories={stories} more={more} />
      </PageUser>
    </PageShell>
  );
}

/** An address that somebody changed by hand shows the list from its beginning. */
async function listFrom(userId: string, before: string | string[] | undefined) {
  const cursor = typeof before === "string" ? before : undefined;
  try {
    return await storiesOf(userId, { limit: STORIES_SHOWN, cursor });
  } catch (error) {
    if (!(error instanceof AppError && error.code === "invalid_request")) throw error;
    return storiesOf(userId, { limit: STORIES_SHOWN });
  }
}
