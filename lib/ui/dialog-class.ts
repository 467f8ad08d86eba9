export const veilClass = "fixed inset-0 z-40 animate-fade-in bg-veil";

const panel =
  "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 " +
  "animate-fade-in overflow-y-auto rounded-lg border border-line bg-sheet p-6 text-ink shadow-float focus:outline-none";

export const panelClass = `${panel} max-w-md`;

/** For what needs room: lists, pictures, texts beside each other. */
export const widePanelClass = `${panel} max-w-4xl`;
