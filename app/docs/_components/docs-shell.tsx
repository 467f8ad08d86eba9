import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { PageShell } from "@/app/_components/page-shell";
import { currentViewer } from "@/app/_components/viewer";
import { LinkTabs } from "@/lib/ui/link-tabs";
import { type IndexGroup, PageIndex } from "./page-index";

const PAGES = [
  { href: "/docs", label: "Reference" },
  { href: "/docs/guide", label: "Put your app on Penora" },
  { href: "/docs/errors", label: "Failures" },
] as const;

export type DocsShellProps = {
  here: (typeof PAGES)[number]["href"];
  title: string;
  description: ReactNode;
  index: readonly IndexGroup[];
  children: ReactNode;
};

/** The frame of the pages for engineers: where one is, what is on the page, and the page. */
export async function DocsShell({ here, title, description, index, children }: DocsShellProps) {
  return (
    <PageShell viewer={await currentViewer()} returnTo={here} title={title} description={description}>
      <LinkTabs
        label="Pages of the documentation"
        items={PAGES.map(({ href, label }) => ({ href, label, current: href === here }))}
      />
      <div className="mt-8 gap-x-12 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
        <details className="group mb-8 rounded-md border border-line bg-sheet px-4 lg:hidden">
          <summary className="flex min-h-11 items-center justify-between text-sm font-medium">
            Contents
            <ChevronDown aria-hidden="true" className="size-4 text-faint group-open:rotate-180" />
          </summary>
          <div className="pb-4">
            <PageIndex label="Contents, narrow" groups={index} />
          </div>
        </details>
        <div className="hidden lg:block">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto pr-2 pb-4 pl-1">
            <PageIndex label="Contents" groups={index} />
          </div>
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </PageShell>
  );
}
