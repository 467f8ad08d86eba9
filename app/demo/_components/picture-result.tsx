import type { AnswerOf } from "@/lib/client/call-api";
import type { demoPicture } from "@/lib/contract/demo";
import { Badge } from "@/lib/ui/badge";
import { Notice } from "@/lib/ui/notice";

export type PictureResultProps = { prompt: string; picture: AnswerOf<typeof demoPicture> };

/** The picture, what became of the coins, and each call as it went over the wire. */
export function PictureResult({ prompt, picture: made }: PictureResultProps) {
  return (
    <div className="mt-8 space-y-6">
      {made.picture ? (
        <img
          src={made.picture}
          alt={prompt}
          width={512}
          height={512}
          referrerPolicy="no-referrer"
          className="aspect-square w-full max-w-md rounded-lg border border-line"
        />
      ) : null}
      <Notice
        tone={made.project_code ? "good" : "warn"}
        title={made.outcome}
        actions={
          made.project_code ? (
            <span className="flex flex-wrap gap-x-5 gap-y-1">
              <a className="link" href={`/workspace/${made.project_code}`}>
                {made.project_code} in the workspace
              </a>
              <a className="link" href="/account#statement">
                The coins in the account
              </a>
            </span>
          ) : null
        }
      />
      <ol className="space-y-2" aria-label="The calls that ImageGene made">
        {made.steps.map((step, index) => (
          <li key={index}>
            <details className="rounded-md border border-line bg-sheet">
              <summary className="cursor-pointer px-4 py-2.5 text-sm">
                <span className="font-medium">
                  {index + 1}. {step.title}
                </span>{" "}
                <Badge tone={step.status === 200 ? "good" : "warn"}>{step.status}</Badge>
                <code className="mt-0.5 block font-mono text-[0.8125rem] break-all text-soft">
                  {step.method} {step.path}
                </code>
              </summary>
              <div className="border-t border-line px-4 py-3">
                {step.request ? <Json label="Sent" value={step.request} /> : null}
                <Json label="Answered" value={step.response} />
              </div>
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <>
      <p className="mt-1 text-[0.8125rem] text-faint">{label}</p>
      <pre className="mb-2 font-mono text-[0.8125rem] leading-relaxed break-words whitespace-pre-wrap">
        {JSON.stringify(value, null, 2)}
      </pre>
    </>
  );
}
