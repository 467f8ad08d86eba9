import { ERRORS, type ErrorCode } from "@/lib/contract/errors";

/** The failures of an operation, each leading to what to do about it. */
export function ErrorLinks({ codes }: { codes: readonly ErrorCode[] }) {
  return (
    <div>
      <h3 className="text-[0.8125rem] font-medium text-faint">Failures</h3>
      <ul className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1.5 text-[0.8125rem]">
        {codes.map((code) => (
          <li key={code} className="min-w-0">
            <span className="mr-1.5 text-faint tabular-nums">{ERRORS[code].status}</span>
            <a className="link font-mono [overflow-wrap:anywhere]" href={`/docs/errors#${code}`}>
              {code}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
