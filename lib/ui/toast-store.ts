export type ToastTone = "info" | "good" | "error";

export type ToastOptions = {
  description?: string;
  tone?: ToastTone;
  action?: { label: string; onSelect: () => void };
  /** A second toast with the same id takes the place of the first. */
  id?: string;
  /** How long it stays; `Infinity` until it is dismissed. Errors and toasts with an action stay by themselves. */
  durationMs?: number;
};

export type ToastEntry = ToastOptions & { id: string; title: string; durationMs: number };

let entries: readonly ToastEntry[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: readonly ToastEntry[]) {
  entries = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, at the edge of the page and in a live region. Returns the id to dismiss it with. */
export function toast(title: string, options: ToastOptions = {}): string {
  const id = options.id ?? `toast-${++count}`;
  const stays = options.tone === "error" || options.action !== undefined;
  const entry = { ...options, id, title, durationMs: options.durationMs ?? (stays ? Infinity : 6000) };
  change([...entries.filter((other) => other.id !== id), entry].slice(-4));
  return id;
}

/** Takes a toast away; nothing happens if it is gone. */
export function dismissToast(id: string): void {
  change(entries.filter((entry) => entry.id !== id));
}

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  read: () => entries,
  empty: (() => {
    const none: readonly ToastEntry[] = [];
    return () => none;
  })(),
};
