"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

declare global {
  // The name under which the dialogs' scroll lock looks for a nonce before it inserts a style element.
  var __webpack_nonce__: string | undefined;
}

if (typeof document !== "undefined") {
  globalThis.__webpack_nonce__ ??= document.querySelector<HTMLElement>("script[nonce]")?.nonce;
}

/** Sets `data-theme` on the page before it is painted: what was chosen, else what the system says. */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      storageKey="penora-theme"
      nonce={nonce}
    >
      {children}
    </NextThemes>
  );
}
