import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type LinkTab = { href: string; label: ReactNode; count?: number; current?: boolean };

/** A row of links of which one is where we are: filters and views that have an address of their own. */
export function LinkTabs({ label, items }: { label: string; items: readonly LinkTab[] }) {
  return (
    <nav aria-label={label} className="-mx-1 overflow-x-auto px-1">
      <ul className="flex min-w-max gap-5 border-b border-line">
        {items.map((item) => (
          <li key={item.href}>
            <a
              href={item.href}
              aria-current={item.current ? "true" : undefined}
              className={classNames(
                "-mb-px flex min-h-10 items-center gap-2 border-b-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2",
                item.current
                  ? "border-accent text-ink"
                  : "border-transparent text-soft hover:border-edge hover:text-ink",
              )}
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="text-[0.8125rem] font-normal text-faint tabular-nums">{item.count}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
