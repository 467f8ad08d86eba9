const REFERENCE = /^penora:(IMG_[A-Z0-9]{1,32})$/;

/** How a text names a picture of the workspace: the picture is kept once, and goes where the text goes. */
export function pictureReference(code: string): string {
  return `penora:${code}`;
}

/** The code of the picture that a reference names; null where it is none. */
export function pictureCode(reference: string): string | null {
  return REFERENCE.exec(reference)?.[1] ?? null;
}

/** What stands in `src` of the `<img>` that shows it, or null where nothing may be shown. */
export function pictureAddress(reference: string): string | null {
  const code = pictureCode(reference);
  if (code !== null) return `/api/me/pictures/${code}`;
  return /^https:\/\/\S+$/i.test(reference) ? reference : null;
}
