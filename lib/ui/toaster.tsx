"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { dismissToast, toastStore, type ToastEntry } from "./toast-store";

const looks = {
  info: { icon: "text-soft", Icon: Info },
  good: { icon: "text-good", Icon: CircleCheck },
  error: { icon: "text-accent", Icon: CircleAlert },
};

/**
 * Where toasts appear. Stands once, in the layout: a live region has to be there before its words.
 * Of our own making, because the usual libraries insert style elements that a nonce policy refuses.
 */
export function Toaster() {
  const entries = useSyncExternalStore(toastStore.subscribe, toastStore.read, toastStore.empty);
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      aria-relevant="additions text"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 sm:items-end sm:p-6"
    >
      {entries.map((entry) => (
        <Toast key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function Toast({ entry }: { entry: ToastEntry }) {
  const { id, title, description, tone = "info", action, durationMs } = entry;
  const { icon, Icon } = looks[tone];
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || !Number.isFinite(durationMs)) return;
    const timer = setTimeout(() => dismissToast(id), durationMs);
    return () => clearTimeout(timer);
  }, [held, id, durationMs, title]);
  return (
    <div
      role={tone === "error" ? "alert" : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-sm animate-rise-in gap-3 rounded-lg border border-line bg-sheet py-3 pr-2 pl-4 text-sm text-ink shadow-float"
    >
      <Icon aria-hidden="true" className={classNames("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 flex-1 py-px">
        <p className="font-medium">{title}</p>
        {description ? <p className="text-soft">{description}</p> : null}
        {action ? (
          <Button
            size="sm"
            className="mt-2.5"
            onClick={() => {
              dismissToast(id);
              action.onSelect();
            }}
          >
            {action.label}
          </Button>
        ) : null}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismissToast(id)}
        className="-mt-1 grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-well hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
