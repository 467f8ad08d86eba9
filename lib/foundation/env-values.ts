/** The origin of an http(s) URL, lower-cased and without a default port, or null. */
export function originOf(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === "http:" || url.protocol === "https:" ? url.origin : null;
}

/** True for names and addresses that only this machine answers to. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name)
  );
}

/** Normalised origins, or null when one of them is none (`*`, a path, another scheme). */
export function originList(values: readonly string[]): string[] | null {
  const origins = values.map((value) => (/^https?:\/\/[^/?#@]+\/?$/i.test(value) ? originOf(value) : null));
  return origins.includes(null) ? null : [...new Set(origins as string[])];
}

export function secretBytes(value: string): number {
  return Buffer.byteLength(value, "utf8");
}

/** The parts of a list that commas divide; empty ones are none. */
export function commaList(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

/** The host of a URL; empty where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

/** True where a URL names an origin and nothing else, and for what is no URL at all. */
export function isBareOrigin(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const url = new URL(value);
  return url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
}
