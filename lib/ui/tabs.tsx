"use client";

import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "./class-names";

export type TabItem = { value: string; label: ReactNode; content: ReactNode };

export type TabsProps = {
  label: string;
  items: readonly TabItem[];
  /** With `onChange` the caller holds the choice; else the first, or `defaultValue`, is shown. */
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
};

const steps: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Views that share a place on the page; arrow keys move between them. What has an address of its own is
 * a `LinkTabs`. Of our own making, because radix renders tabs with style attributes, which the policy refuses.
 */
export function Tabs({ label, items, value, defaultValue, onChange }: TabsProps) {
  const id = useId();
  const [held, setHeld] = useState(defaultValue ?? items[0]?.value);
  const list = useRef<HTMLDivElement>(null);
  const current = value ?? held;

  function choose(next: string) {
    setHeld(next);
    onChange?.(next);
  }

  function move(event: KeyboardEvent) {
    const index = items.findIndex((item) => item.value === current);
    const next = steps[event.key]?.(index, items.length);
    const item = next === undefined ? undefined : items[next];
    if (next === undefined || !item) return;
    event.preventDefault();
    choose(item.value);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  }

  return (
    <div>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={move}
        className="flex gap-5 overflow-x-auto border-b border-line"
      >
        {items.map((item) => {
          const chosen = item.value === current;
          return (
            <button
              key={item.value}
              type="button"
              role="tab"
              id={`${id}-tab-${item.value}`}
              aria-selected={chosen}
              aria-controls={`${id}-panel-${item.value}`}
              tabIndex={chosen ? 0 : -1}
              onClick={() => choose(item.value)}
              className={classNames(
                "min-h-10 border-b-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2",
                chosen ? "border-accent text-ink" : "border-transparent text-soft hover:text-ink",
              )}
            >
              {item.label}
            </button>
          );
        })}
      </div>
      {items.map((item) => (
        <div
          key={item.value}
          role="tabpanel"
          id={`${id}-panel-${item.value}`}
          aria-labelledby={`${id}-tab-${item.value}`}
          hidden={item.value !== current}
          tabIndex={0}
          className="pt-5"
        >
          {item.content}
        </div>
      ))}
    </div>
  );
}
