import type { Metadata } from "next";
import { AnchoredHeading } from "../_components/anchored-heading";
import { DocsShell } from "../_components/docs-shell";
import { FieldList } from "../_components/field-list";
import { readShapes } from "../_components/read-reference";
import { referenceIndex } from "../_components/reference-index";

export const metadata: Metadata = {
  title: "Shapes · API reference",
  description: "What stands in several answers.",
};

/** What stands in several answers, told once. */
export default function ShapesPage() {
  return (
    <DocsShell
      here="/docs"
      title="Shapes"
      description="What stands in several answers."
      index={referenceIndex()}
    >
      {readShapes().map(({ name, rows }) => (
        <section
          key={name}
          aria-labelledby={name}
          className="border-t border-line pt-6 pb-9 first:border-t-0 first:pt-0"
        >
          <AnchoredHeading as="h2" id={name} size="small">
            {name}
          </AnchoredHeading>
          <div className="mt-4">
            <FieldList as="h3" title="Fields" rows={rows} />
          </div>
        </section>
      ))}
    </DocsShell>
  );
}
