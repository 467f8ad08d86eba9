import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { env } from "@/lib/foundation/env";
import { DocsShell } from "../_components/docs-shell";
import { OperationSection } from "../_components/operation-section";
import { entryOf, readReference } from "../_components/read-reference";
import { referenceIndex } from "../_components/reference-index";

type AreaPageProps = { params: Promise<{ area: string }> };

export async function generateMetadata({ params }: AreaPageProps): Promise<Metadata> {
  const { title, text } = await findArea(params);
  return { title: `${title} · API reference`, description: text };
}

/** The calls of an area, each whole. */
export default async function AreaPage({ params }: AreaPageProps) {
  const { title, text, operations } = await findArea(params);
  return (
    <DocsShell here="/docs" title={title} description={text} index={referenceIndex()}>
      <div className="-mt-1">
        {operations.map((operation) => (
          <OperationSection key={operation.id} entry={entryOf(operation)} origin={env().appUrl} />
        ))}
      </div>
    </DocsShell>
  );
}

async function findArea(params: AreaPageProps["params"]) {
  const { area } = await params;
  return readReference().find((one) => one.area === area) ?? notFound();
}
