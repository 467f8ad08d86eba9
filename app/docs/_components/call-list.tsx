import type { Operation } from "@/lib/contract/operation";
import { callHref, shortPath } from "./addresses";
import { MethodBadge } from "./method-badge";

/** Calls in a row each: the address, and what it is for. */
export function CallList({ operations }: { operations: readonly Operation[] }) {
  return (
    <ul className="border-b border-line">
      {operations.map((operation) => (
        <li
          key={operation.id}
          className="grid gap-x-6 gap-y-0.5 border-t border-line py-2.5 sm:grid-cols-[20rem_minmax(0,1fr)]"
        >
          <span className="flex min-w-0 items-baseline gap-2.5">
            <span className="flex w-14 shrink-0 justify-end">
              <MethodBadge method={operation.method} />
            </span>
            <a
              className="link min-w-0 font-mono text-[0.8125rem] [overflow-wrap:anywhere]"
              href={callHref(operation)}
            >
              {shortPath(operation)}
            </a>
          </span>
          <span className="pl-16.5 text-sm text-soft sm:pl-0">{operation.summary}</span>
        </li>
      ))}
    </ul>
  );
}
