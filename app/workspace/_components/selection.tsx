"use client";

import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { Button } from "@/lib/ui/button";
import { countInWords } from "../../_components/in-words";

interface Chosen {
  readonly codes: ReadonlySet<string>;
  readonly toggle: (code: string) => void;
  readonly clear: () => void;
}

const Selection = createContext<Chosen | null>(null);

interface SelectionScopeProps {
  all: readonly string[];
  /** What can be done with those that are chosen: it reads `useSelected`. */
  actions: ReactNode;
  children: ReactNode;
}

/** Lets projects be chosen, and done something with together. */
export function SelectionScope({ all, actions, children }: SelectionScopeProps) {
  const [codes, setCodes] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(
    () => ({
      codes,
      toggle: (code: string) =>
        setCodes((now) =>
          now.has(code) ? new Set([...now].filter((one) => one !== code)) : new Set([...now, code]),
        ),
      clear: () => setCodes(new Set()),
    }),
    [codes],
  );
  const here = all.filter((code) => codes.has(code));
  return (
    <Selection value={chosen}>
      {children}
      {here.length === 0 ? null : (
        <SelectionBar
          codes={here}
          whole={here.length === all.length}
          onAll={() => setCodes(new Set(all))}
          onNone={chosen.clear}
        >
          {actions}
        </SelectionBar>
      )}
    </Selection>
  );
}

/** The projects that are chosen, and what lets go of them. */
export function useSelected(): { codes: readonly string[]; clear: () => void } {
  const chosen = use(Selection);
  if (chosen === null) throw new Error("what acts on a selection stands outside <SelectionScope>");
  return { codes: [...chosen.codes], clear: chosen.clear };
}

/** The box that chooses a project. */
export function SelectBox({ code, title }: { code: string; title: string }) {
  const chosen = use(Selection);
  if (chosen === null) return null;
  return (
    <input
      type="checkbox"
      aria-label={`Select “${title}”`}
      checked={chosen.codes.has(code)}
      onChange={() => chosen.toggle(code)}
      className="size-4 shrink-0 translate-y-0.5 accent-accent-fill"
    />
  );
}

type SelectionBarProps = {
  codes: readonly string[];
  whole: boolean;
  onAll: () => void;
  onNone: () => void;
  children: ReactNode;
};

function SelectionBar({ codes, whole, onAll, onNone, children }: SelectionBarProps) {
  return (
    <div
      role="region"
      aria-label="Selected projects"
      className="sticky bottom-4 z-20 mt-4 flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sheet px-4 py-3 shadow-float"
    >
      <p className="text-sm font-medium" role="status">
        {countInWords(codes.length, "project")} selected
      </p>
      {whole ? null : (
        <Button size="sm" variant="quiet" onClick={onAll}>
          Select all here
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={onNone}>
        Clear
      </Button>
      <span className="ml-auto" />
      {children}
    </div>
  );
}
