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
