import type { Metadata } from "next";
import { env } from "@/lib/foundation/env";
import { areaHref } from "./_components/addresses";
import { AnchoredHeading } from "./_components/anchored-heading";
import { CallList } from "./_components/call-list";
import { DocsShell } from "./_components/docs-shell";
import { Mono } from "./_components/prose";
import { readReference } from "./_components/read-reference";
import { referenceIndex } from "./_components/reference-index";
import { Rules } from "./_components/rules";

export const metadata: Metadata = {
  title: "API reference",
  description:
    "One purse of credits and one workspace for every app: every call, with examples that are tried.",
};

/** Everything that other programs may ask of Penora, printed from what judges their requests. */
export default function DocsPage() {
  return (
    <DocsShell
      here="/docs"
      title="API reference"
      description={
        <>
          One purse of credits and one workspace for every app of the family. All addresses begin with{" "}
          <Mono>{env().appUrl}</Mono>; for programs the same stands in{" "}
          <a className="link" href="/api/openapi.json">
            openapi.json
          </a>
          . New here? Begin with{" "}
          <a className="link" href="/docs/guide">
            the guide
          </a>
          .
        </>
      }
      index={referenceIndex()}
    >
      <section aria-labelledby="calls" className="mb-14">
        <AnchoredHeading as="h2" id="calls">
          Every call
        </AnchoredHeading>
        {readReference().map(({ area, title, text, operations }) => (
          <section key={area} aria-labelledby={area} className="mt-7">
            <h3 id={area} className="font-semibold">
              <a href={areaHref(area)} className="link">
                {title}
              </a>
            </h3>
            <p className="mt-0.5 mb-3 text-sm text-faint">{text}</p>
            <CallList operations={operations} />
          </section>
        ))}
      </section>
      <section aria-labelledby="rules">
        <AnchoredHeading as="h2" id="rules">
          What holds for every call
        </AnchoredHeading>
        <div className="mt-5">
          <Rules />
        </div>
      </section>
    </DocsShell>
  );
}
