"use client";

import { useState } from "react";
import { Input } from "@/lib/ui/input";

export type IndexEntry = {
  readonly href: string;
  readonly label: string;
  readonly method?: string;
  /** By which it is found too. */
  readonly words?: string;
};
export type IndexGroup = {
  readonly title: string;
  /** The page that the group is. */
  readonly href?: string;
  readonly entries: readonly IndexEntry[];
};

/** What one can go to; a word typed in leaves what has it in its name or its address. */
export function PageIndex({ label, groups }: { label: string; groups: readonly IndexGroup[] }) {
  const [sought, setSought] = useState("");
  const words = sought.trim().toLowerCase();
  const left = groups
    .map((group) => ({ ...group, entries: group.entries.filter((one) => has(one, words)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <nav aria-label={label}>
      <Input
        type="search"
        aria-label="Find by name"
        placeholder="Find by name"
        className="min-h-9 text-sm"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <p role="status" className={left.length > 0 ? "sr-only" : "mt-4 text-sm text-faint"}>
        {left.length === 0 ? "Nothing has this name." : words === "" ? "" : `${count(left)} found.`}
      </p>
      {left.map(({ title, href: page, entries }) => (
        <div key={title} className="mt-5">
          <p className="text-[0.8125rem] font-medium text-faint">
            {page === undefined ? (
              title
            ) : (
              <a href={page} className="hover:text-ink hover:underline">
                {title}
              </a>
            )}
          </p>
          <ul className="mt-1">
            {entries.map(({ href, label: name, method }) => (
              <li key={href}>
                <a
                  href={href}
                  className="block py-1 text-sm leading-snug [overflow-wrap:anywhere] text-soft hover:text-ink hover:underline"
                >
                  {name}
                  {method === undefined ? null : (
                    <span className="ml-1.5 font-mono text-[0.6875rem] text-faint">{method}</span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const has = ({ href, label, method = "", words = "" }: IndexEntry, sought: string) =>
  `${href} ${method} ${label} ${words}`.toLowerCase().includes(sought);

const count = (groups: readonly IndexGroup[]) =>
  groups.reduce((total, { entries }) => total + entries.length, 0);
