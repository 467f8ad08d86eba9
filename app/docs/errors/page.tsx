import type { Metadata } from "next";
import { ERRORS, type ErrorCode } from "@/lib/contract/errors";
import { ERROR_WORDS } from "@/lib/contract/reference/error-words";
import { failureExample } from "@/lib/contract/reference/openapi-failures";
import { Badge } from "@/lib/ui/badge";
import { callHref } from "../_components/addresses";
import { AnchoredHeading } from "../_components/anchored-heading";
import { CodeBlock } from "../_components/code-block";
import { DocsShell } from "../_components/docs-shell";
import { Mono, Words } from "../_components/prose";
import { operationsWith } from "../_components/read-reference";

export const metadata: Metadata = {
  title: "Failures",
  description: "Every code that Penora can answer with: what happened, and what to do.",
};

const CODES = (Object.keys(ERRORS) as ErrorCode[]).sort((a, b) => ERRORS[a].status - ERRORS[b].status);
const STATUSES = [...new Set(CODES.map((code) => ERRORS[code].status))];

/** A place for every code: what happened, and what to do about it. */
export default function ErrorsPage() {
  const index = STATUSES.map((status) => ({
    title: String(status),
    entries: CODES.filter((code) => ERRORS[code].status === status).map((code) => ({
      href: `#${code}`,
      label: code,
      words: ERRORS[code].message,
    })),
  }));
  return (
    <DocsShell
      here="/docs/errors"
      title="Failures"
      description={
        <>
          What the word in <Mono>code</Mono> means, and what to do about it. A failure has changed nothing.
        </>
      }
      index={index}
    >
      {CODES.map((code) => (
        <Failure key={code} code={code} />
      ))}
    </DocsShell>
  );
}

function Failure({ code }: { code: ErrorCode }) {
  const { happened, todo } = ERROR_WORDS[code];
  const operations = operationsWith(code);
  return (
    <section aria-labelledby={code} className="border-t border-line pt-7 pb-11 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 font-mono">
        <AnchoredHeading as="h2" id={code} size="small">
          {code}
        </AnchoredHeading>
        <Badge>{ERRORS[code].status}</Badge>
      </div>
      <p className="mt-1 text-sm text-faint">“{ERRORS[code].message}”</p>
      <dl className="mt-4 grid max-w-prose gap-y-3 text-[0.9375rem] leading-relaxed text-soft">
        <div>
          <dt className="text-[0.8125rem] font-medium text-faint">What happened</dt>
          <dd>
            <Words>{happened}</Words>
          </dd>
        </div>
        <div>
          <dt className="text-[0.8125rem] font-medium text-faint">What to do</dt>
          <dd>
            <Words>{todo}</Words>
          </dd>
        </div>
      </dl>
      <div className="mt-5">
        <CodeBlock label={`${code}: the answer`} code={JSON.stringify(failureExample(code), null, 2)} />
      </div>
      {operations.length === 0 ? null : (
        <p className="mt-4 text-sm text-faint">
          Answered by{" "}
          {operations.map((operation, i) => (
            <span key={operation.id}>
              {i === 0 ? "" : ", "}
              <a className="link" href={callHref(operation)}>
                {operation.id}
              </a>
            </span>
          ))}
          .
        </p>
      )}
    </section>
  );
}
