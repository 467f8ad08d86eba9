import "server-only";

export interface FoundJson {
  value: unknown;
  /** false: the text ended before the JSON did, and what was open was closed for it. */
  whole: boolean;
}

/** Longer nesting is no answer to anything that we ask. */
const MAX_DEPTH = 32;
/** So many brackets of the prose before may turn out to be none of ours. */
const MAX_STARTS = 60;
/** Between two values; looking further back for each of them would take the square of the time. */
const LONGEST_SPACE = 200;

/**
 * The JSON object or list in a model's answer, or null: also where it stands in a fence or among prose, has trailing
 * commas or bare line breaks in its texts, or is cut off. Of a cut off one, what was complete is kept. Linear.
 */
export function readJson(answer: string): FoundJson | null {
  let starts = 0;
  for (const match of answer.matchAll(/[{[]/g)) {
    if (++starts > MAX_STARTS) return null;
    const found = scan(answer, match.index);
    // Prose has brackets of its own ("[1]", "{name}"); what we ask for is an object, or a list of them.
    if (found !== null && isStructure(found.value)) return found;
    if (found !== null && !found.whole) return null;
  }
  return null;
}

function isStructure(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object" && item !== null);
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Reads one value from `start`, mending on the way. */
function scan(text: string, start: number): FoundJson | null {
  const open: string[] = [];
  let json = "";
  /** The length of `json`, and how it would be closed, behind the last value that was complete. */
  let safe = { length: 0, closers: "" };
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') {
      const end = endOfString(text, at);
      if (end === -1) break;
      const isKey = open.at(-1) === "}" && /[{,]\s*$/.test(json.slice(-LONGEST_SPACE));
      json += mendString(text.slice(at, end + 1));
      at = end;
      if (!isKey) safe = mark(json, open);
    } else if (char === "{" || char === "[") {
      if (open.length >= MAX_DEPTH) return null;
      open.push(char === "{" ? "}" : "]");
      json += char;
    } else if (char === "}" || char === "]") {
      if (open.pop() !== char) return null;
      json = json.slice(0, -LONGEST_SPACE) + json.slice(-LONGEST_SPACE).replace(/,\s*$/, "") + char;
      if (open.length === 0) return parsed(json, true);
      safe = mark(json, open);
    } else {
      json += char;
    }
  }
  return safe.length === 0 ? null : parsed(json.slice(0, safe.length) + safe.closers, false);
}

function mark(json: string, open: readonly string[]): { length: number; closers: string } {
  return { length: json.length, closers: open.toReversed().join("") };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return -1;
}

/** JSON allows no bare line breaks and no unknown escapes in a text; models write both. */
function mendString(literal: string): string {
  return literal
    .replace(/\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?/g, (escape, known?: string) =>
      known === undefined ? "\\\\" : escape,
    )
    .replace(/[\u0000-\u001f]/g, (char) => (char === "\n" ? "\\n" : char === "\t" ? "\\t" : " "));
}

function parsed(json: string, whole: boolean): FoundJson | null {
  try {
    return { value: JSON.parse(json) as unknown, whole };
  } catch {
    return null;
  }
}
