import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";

/** What apps store is theirs. */
const FREE = new Set(["metadata"]);

/**
 * Where an answer of the docs has other fields than the real one, as paths; none where both tell the same. What a
 * declared shape leaves open is shown in part.
 */
export function differencesInShape(shown: unknown, real: unknown, { response }: Operation): string[] {
  const open = response instanceof z.ZodObject && response.def.catchall instanceof z.ZodUnknown;
  return compare(shown, real, "", open);
}

function compare(shown: unknown, real: unknown, at: string, open: boolean): string[] {
  if (Array.isArray(shown) && Array.isArray(real)) {
    return shown.length > 0 && real.length > 0 ? compare(shown[0], real[0], `${at}[]`, open) : [];
  }
  if (!isObject(shown) || !isObject(real)) return [];
  const missing = Object.keys(shown).filter((name) => !(name in real));
  const untold = open ? [] : Object.keys(real).filter((name) => !(name in shown));
  const both = Object.keys(shown).filter((name) => name in real && !FREE.has(name));
  return [
    ...missing.map((name) => `${at}.${name} is shown but was not answered`),
    ...untold.map((name) => `${at}.${name} was answered but is not shown`),
    ...both.flatMap((name) => compare(shown[name], real[name], `${at}.${name}`, open)),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
