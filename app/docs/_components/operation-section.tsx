import { shownRequest } from "@/lib/contract/reference/shown-request";
import { AnchoredHeading } from "./anchored-heading";
import { CodeBlock } from "./code-block";
import { ErrorLinks } from "./error-links";
import { Example } from "./example";
import { FieldList } from "./field-list";
import { MethodBadge } from "./method-badge";
import { Mono, Prose } from "./prose";
import type { ReferenceEntry } from "./read-reference";

/** One operation, whole: what it does, what it takes, what it answers, and an example of both. */
export function OperationSection({ entry, origin }: { entry: ReferenceEntry; origin: string }) {
  const { operation, words, errors } = entry;
  const { id, method, path, summary, aliases = [] } = operation;
  return (
    <section aria-labelledby={id} className="border-t border-line pt-7 pb-12 first:border-t-0 first:pt-0">
      <AnchoredHeading as="h2" id={id} size="small">
        {summary}
      </AnchoredHeading>
      <p className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
        <MethodBadge method={method} />
        <code className="font-mono text-[0.875rem] [overflow-wrap:anywhere]">{path}</code>
      </p>
      <p className="mt-2 text-sm text-faint">
        <WhoMayAsk {...operation} />
        {operation.recorded === true ? (
          <>
            {" "}
            Takes an{" "}
            <a className="link" href="/docs#idempotency">
              Idempotency-Key
            </a>
            .
          </>
        ) : null}
        {operation.formats?.includes("csv") === true ? (
          <>
            {" "}
            Send <Mono>Accept: text/csv</Mono> to have it as CSV.
          </>
        ) : null}
        {aliases.map((alias) => (
          <span key={alias}>
            {" "}
            The same at <Mono>{alias}</Mono>.
          </span>
        ))}
      </p>
      <div className="mt-4">
        <Prose>{words}</Prose>
      </div>
      <div className="mt-6 space-y-6">
        <FieldList title="In the address" rows={entry.inPath} />
        <FieldList title="In the query" rows={entry.inQuery} showRequired />
        <FieldList title="In the body" rows={entry.inBody} showRequired />
        <Example id={id} name={summary} request={shownRequest(operation, origin)} />
        <FieldList
          title={operation.reply === "events" ? "In the data of each event" : "In the answer"}
          rows={entry.inAnswer}
        />
        <CodeBlock label={`${summary}: the answer`} code={entry.answer} />
        <ErrorLinks codes={errors} />
      </div>
    </section>
  );
}

type WhoMayAskProps = Pick<ReferenceEntry["operation"], "auth" | "scope" | "browserToken">;

function WhoMayAsk({ auth, scope, browserToken }: WhoMayAskProps) {
  if (auth === "open") return "Open to everybody.";
  if (auth === "session") return "For whoever is signed in, in the browser.";
  const key = scope === undefined || scope === "any" ? "Any valid key will do" : null;
  return (
    <>
      {key ?? (
        <>
          Needs the scope <Mono>{scope}</Mono>
        </>
      )}
      {auth === "either" ? ", or a signed-in person" : ""}
      {browserToken === undefined ? "." : ", or a browser token for its own person."}
    </>
  );
}
