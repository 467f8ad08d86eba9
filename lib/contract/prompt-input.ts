import { z } from "zod";
import { anyText } from "./fields";
import type { ModelName } from "./quote";

export const FORMATS = ["prose", "article", "essay", "script", "poem", "letter"] as const;
export type Format = (typeof FORMATS)[number];

export const POINTS_OF_VIEW = ["first person", "second person", "third person"] as const;
export type PointOfView = (typeof POINTS_OF_VIEW)[number];

export const MAX_PROMPT_CHARACTERS = 8_000;
export const MAX_PAGES = 50;

/** A short wish in free words, on one line: it stands among the instructions to the model. */
export const wish = (max: number) =>
  anyText
    .transform((value) => cutText(value.replace(/[\p{C}\s]+/gu, " ").trim(), max))
    .transform((value) => value || undefined)
    .optional();

/** What a person may wish for a text beside its prompt and its length. */
export const promptOptions = z.object({
  language: wish(60),
  tone: wish(80),
  pointOfView: z.enum(POINTS_OF_VIEW).optional(),
  audience: wish(120),
  format: z.enum(FORMATS).default("prose"),
});
export type PromptOptions = z.infer<typeof promptOptions>;

/** What a text of pages is written from. */
export interface PromptInput extends PromptOptions {
  readonly prompt: string;
  readonly pages: number;
  readonly model: ModelName;
  /** Material to draw on. */
  readonly context?: string | undefined;
}

/** The first `max` UTF-16 units of a text, never ending in half a character. */
export function cutText(text: string, max: number): string {
  const cut = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
