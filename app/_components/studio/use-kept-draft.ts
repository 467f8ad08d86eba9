import { useEffect, useState } from "react";

/**
 * What is typed into a form, kept in this tab under `storedAs`, which names the person: it survives a reload, a failure,
 * and another person's session. `read` makes a draft of what was kept, perhaps by another version of the page, or throws
 * or answers null; it must be the same function at every call.
 */
export function useKeptDraft<T extends object>(
  storedAs: string,
  empty: T,
  read: (kept: Partial<Record<keyof T, unknown>>) => T | null,
): [T, (change: Partial<T>) => void] {
  const [draft, setDraft] = useState(empty);
  useEffect(() => {
    const kept = readKept(storedAs, read);
    // The server does not know what this tab keeps: it is put in once the page is there.
    if (kept !== null) setDraft(kept);
  }, [storedAs, read]);
  const change = (part: Partial<T>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      keep(storedAs, next);
      return next;
    });
  return [draft, change];
}

function readKept<T>(storedAs: string, read: (kept: Partial<Record<keyof T, unknown>>) => T | null) {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storedAs) ?? "null");
    return typeof kept === "object" && kept !== null ? read(kept) : null;
  } catch {
    return null;
  }
}

function keep(storedAs: string, draft: object): void {
  try {
    sessionStorage.setItem(storedAs, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still has what stands in the form.
  }
}
