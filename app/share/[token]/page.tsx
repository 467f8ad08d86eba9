import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findSharedProject } from "@/lib/domains/exports/shared-project";
import { AppError } from "@/lib/foundation/app-error";
import { peerOf } from "@/lib/http/peer";
import { addressLimiter } from "@/lib/http/rate-limit";
import { Badge } from "@/lib/ui/badge";
import { shownTitle } from "../../_components/in-words";
import { Message } from "../../_components/message";
import { PageShell } from "../../_components/page-shell";
import { currentViewer } from "../../_components/viewer";
import { SharedFacts } from "./_components/shared-facts";

type SharePageProps = { params: Promise<{ token: string }> };

/** What the link shows; `busy` where its visitor asks faster than anybody reads. Asked once for a page. */
const readShared = cache(async (token: string) => {
  try {
    addressLimiter.take(peerOf({ headers: await headers() }));
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return "busy" as const;
    throw error;
  }
  return findSharedProject(token);
});

export async function generateMetadata({ params }: SharePageProps): Promise<Metadata> {
  const shared = await readShared((await params).token);
  const robots = { index: false, follow: false };
  if (shared === null || shared === "busy") return { title: "Shared text", robots };
  return { title: shownTitle(shared.title), robots };
}

/** A project as its link shows it: to read, for anybody who has the link. */
export default async function SharePage({ params }: SharePageProps) {
  const [shared, viewer] = await Promise.all([readShared((await params).token), currentViewer()]);
  if (shared === null) notFound();
  if (shared === "busy") {
    return (
      <PageShell viewer={viewer}>
        <Message mark="…" title="One moment, please.">
          <p>This link was opened very often just now. Wait a few seconds, then load the page again.</p>
        </Message>
      </PageShell>
    );
  }
  const title = shownTitle(shared.title);
  return (
    <PageShell viewer={viewer}>
      <article className="mx-auto max-w-prose" lang={shared.language === "und" ? undefined : shared.language}>
        <header className="border-b border-line pb-6">
          <h1 className="font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] break-words sm:text-4xl">
            {title}
          </h1>
          <SharedFacts shared={shared} />
          {shared.label === null ? null : (
            <p className="mt-3" lang="en">
              <Badge tone="warn">{shared.label}</Badge>
            </p>
          )}
        </header>
        {shared.picture === null ? (
          // Made by our own renderer, which escapes all that was written and knows no other element than a text's.
          <div className="written reading mt-8" dangerouslySetInnerHTML={{ __html: shared.markup }} />
        ) : (
          <img
            src={shared.picture}
            alt={title}
            referrerPolicy="no-referrer"
            decoding="async"
            className="mx-auto mt-8 h-auto max-h-[80dvh] max-w-full rounded-sm border border-line bg-well"
          />
        )}
      </article>
    </PageShell>
  );
}
