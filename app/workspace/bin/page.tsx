import { ArrowLeft, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { PageUser } from "@/lib/client/page-user";
import { BIN_DAYS } from "@/lib/contract/workspace";
import { type Bin, listBin } from "@/lib/domains/workspace/list-bin";
import { EmptyState } from "@/lib/ui/empty-state";
import { LabelledMeter } from "@/lib/ui/labelled-meter";
import { Pager } from "@/lib/ui/pager";
import { appTitle } from "../../_components/app-names";
import { countInWords, kindInWords, shownTitle, sizeInWords } from "../../_components/in-words";
import { PageShell } from "../../_components/page-shell";
import { requireUser } from "../../_components/viewer";
import { SelectBox, SelectionScope } from "../_components/selection";
import { BinBar } from "./_components/bin-bar";
import { EmptyBin } from "./_components/empty-bin";
import { RemoveButton } from "./_components/remove-button";
import { RestoreButton } from "./_components/restore-button";

export const metadata: Metadata = { title: "Bin" };

type BinPageProps = { searchParams: Promise<{ place?: string | string[] }> };

export default async function BinPage({ searchParams }: BinPageProps) {
  const { place } = await searchParams;
  const viewer = await requireUser("/workspace/bin");
  const from = typeof place === "string" ? place : null;
  const bin = await listBin(viewer.userId, from);
  const [newest] = bin.projects;
  const codes = bin.projects.map(({ project }) => project.code);
  return (
    <PageShell
      viewer={viewer}
      title="Bin"
      description={`What you deleted can be brought back for ${BIN_DAYS} days. It takes no room in your workspace.`}
    >
      <p className="-mt-4 mb-6">
        <a href="/workspace" className="link inline-flex items-center gap-1.5 text-sm">
          <ArrowLeft aria-hidden="true" className="size-3.5" /> Workspace
        </a>
      </p>
      <Kept bin={bin} />
      {bin.projects.length === 0 ? (
        <EmptyState title="The bin is empty" icon={<Trash2 aria-hidden="true" />}>
          What you delete lies here for {BIN_DAYS} days.
        </EmptyState>
      ) : (
        <PageUser userId={viewer.userId}>
          <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-faint">{countInWords(bin.total, "project")}</p>
            {from !== null || newest === undefined ? null : (
              <EmptyBin total={bin.total} until={newest.deletedAt.toISOString()} />
            )}
          </div>
          <SelectionScope key={codes.join()} all={codes} actions={<BinBar />}>
            <ul className="divide-y divide-line border-y border-line">
              {bin.projects.map(({ project, daysLeft }) => (
                <li key={project.code} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
                  <SelectBox code={project.code} title={shownTitle(project.title)} />
                  <div className="min-w-0 flex-1 basis-52">
                    <p className="truncate font-serif text-lg leading-snug">{shownTitle(project.title)}</p>
                    <p className="text-[0.8125rem] text-faint">
                      {[
                        appTitle(project.app_source),
                        kindInWords(project.project_type),
                        sizeInWords(project.size_bytes),
                        `${countInWords(daysLeft, "day")} left`,
                      ].join(" · ")}
                    </p>
                  </div>
                  <div className="ml-auto flex items-center gap-2">
                    <RemoveButton code={project.code} title={shownTitle(project.title)} />
                    <RestoreButton code={project.code} title={shownTitle(project.title)} />
                  </div>
                </li>
              ))}
            </ul>
          </SelectionScope>
        </PageUser>
      )}
      <Pager
        label="Pages of the bin"
        previousHref={from === null ? null : "/workspace/bin"}
        previousLabel="Newest"
        nextHref={bin.next === null ? null : `/workspace/bin?place=${bin.next}`}
        nextLabel="Older"
      />
    </PageShell>
  );
}

function Kept({ bin: { binBytes, versionBytes, limitBytes } }: { bin: Bin }) {
  return (
    <LabelledMeter
      className="mb-8"
      label="Bin and versions"
      value={binBytes + versionBytes}
      max={limitBytes}
      text={`${sizeInWords(binBytes + versionBytes)} of 5 MB; past that the oldest go first`}
      parts={[
        { label: "Bin", value: binBytes, text: sizeInWords(binBytes) },
        { label: "Versions", value: versionBytes, text: sizeInWords(versionBytes) },
      ]}
    />
  );
}
