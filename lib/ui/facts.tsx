import type { ReactNode } from "react";

export type Fact = { name: string; value: ReactNode };

/** Names and values in two columns; below each other where it is narrow. */
export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="text-[0.9375rem]">
      {items.map((item) => (
        <div
          key={item.name}
          className="grid gap-x-6 border-t border-line py-2.5 first:border-t-0 sm:grid-cols-[9rem_1fr]"
        >
          <dt className="text-sm text-faint sm:pt-px">{item.name}</dt>
          <dd className="min-w-0 break-words text-ink">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
