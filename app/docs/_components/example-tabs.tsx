"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { Segmented } from "@/lib/ui/segmented";

const LANGUAGES = [
  { value: "curl", label: "curl" },
  { value: "typescript", label: "TypeScript" },
] as const;
type Language = (typeof LANGUAGES)[number]["value"];

const KEPT = "penora-docs-language";
const listeners = new Set<() => void>();
let chosen: Language | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function readChoice(): Language {
  chosen ??= kept() === "typescript" ? "typescript" : "curl";
  return chosen;
}

/** Storage can be closed to us, as in a frame of another site. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function choose(language: Language) {
  chosen = language;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // The choice holds for this page.
  }
  for (const listener of listeners) listener();
}

/** An example in each language. What is chosen for one is chosen for all, and kept. */
export function ExampleTabs({ name, curl, typescript }: { name: string } & Record<Language, ReactNode>) {
  const language = useSyncExternalStore<Language>(subscribe, readChoice, () => "curl");
  return (
    <div className="min-w-0">
      <div className="mb-2">
        <Segmented
          legend={`Language of the example: ${name}`}
          hideLegend
          size="sm"
          value={language}
          onChange={choose}
          options={LANGUAGES}
        />
      </div>
      <div hidden={language !== "curl"}>{curl}</div>
      <div hidden={language !== "typescript"}>{typescript}</div>
    </div>
  );
}
