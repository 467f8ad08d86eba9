/** A picture of ours in a text: `![alt](penora:IMG_ABC123)`. Its bytes stay in its own project and count once. */
export const PICTURE_REFERENCE = "penora:";

const REFERENCE = /^penora:([A-Z0-9_]{1,32})$/;

/** The project whose picture an image in a text shows, or null where the target is something else. */
export function codeOfReference(target: string): string | null {
  return REFERENCE.exec(target)?.[1] ?? null;
}

/** Where a page of its owner shows the picture of this project: the `src` of an `<img>`. */
export function pictureAddress(code: string): string {
  return `/api/me/projects/${encodeURIComponent(code)}/picture`;
}

const ANY_REFERENCE = /penora:([A-Z0-9_]{1,32})(?![A-Z0-9_])/g;

/** The codes that a text refers to, each once, in the order in which they stand there. */
export function referencedCodes(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(ANY_REFERENCE), (match) => match[1] ?? ""))];
}
