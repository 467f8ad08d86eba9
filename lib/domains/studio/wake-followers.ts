import "server-only";
import { EventEmitter } from "node:events";

// The pages and the doors are bundled apart but live in one process: they share one bell.
const BELL = Symbol.for("penora.studio.bell");
const globals = globalThis as unknown as Record<symbol, EventEmitter | undefined>;

function bell(): EventEmitter {
  return (globals[BELL] ??= new EventEmitter().setMaxListeners(0));
}

/** Tells those who follow a generation in this process that something happened in it. */
export function wakeFollowers(generationId: string): void {
  bell().emit(generationId);
}

export interface WakeUps {
  /** Resolves when something has happened since the last time, after `ms` at the latest, or when `signal` ends. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Listens for a generation from now on, so that nothing is missed between looking and waiting. */
export function listenForWakeUps(generationId: string): WakeUps {
  let rung = false;
  let wake = (): void => undefined;
  const ring = () => {
    rung = true;
    wake();
  };
  bell().on(generationId, ring);
  return {
    next: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          // What rings from here on is for the next wait.
          wake = () => undefined;
          rung = false;
          resolve();
        };
        wake = done;
        const timer = setTimeout(done, ms);
        signal.addEventListener("abort", done, { once: true });
        if (rung || signal.aborted) done();
      }),
    close: () => void bell().off(generationId, ring),
  };
}
