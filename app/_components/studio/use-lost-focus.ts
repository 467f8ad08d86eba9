import { type RefObject, useEffect } from "react";

/**
 * Takes the focus up where the control that had it has just gone, so that the keyboard goes on from here and not from the
 * top of the page. Nobody's focus is taken away.
 */
export function useLostFocus(target: RefObject<HTMLElement | null>, enabled = true): void {
  useEffect(() => {
    if (!enabled) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body)
      target.current?.focus({ preventScroll: true });
  }, [target, enabled]);
}
