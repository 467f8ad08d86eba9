import { z } from "zod";
import { MODEL_NAMES } from "@/lib/contract/quote";

export const FORMATS = ["prose", "article", "essay", "script", "poem", "letter"] as const;
export type Format = (typeof FORMATS)[number];

export const POINTS_OF_VIEW = ["first person", "second person", "third person"] as const;
export type PointOfView = (typeof POINTS_OF_VIEW)[number];

export const MAX_PROMPT_CHARACTERS = 8_000;
export const MAX_PAGES = 50;

/** A short wish in free words, on one line: it stands among the instructions to the model. */
export const wish = (max: number) =>
  z
    .string()
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

/** The form of `/single-prompt`. A prompt that is too long is cut, not refused. */
export const promptInput = promptOptions.extend({
  prompt: z
    .string()
    .transform((value) => cutText(value.replaceAll("\u0000", "").trim(), MAX_PROMPT_CHARACTERS))
    .refine((value) => value.length > 0, { message: "Write what the text should be about." }),
  pages: z.int().min(1).max(MAX_PAGES),
  model: z.enum(MODEL_NAMES),
  /** Material to draw on. */
  context: z.string().optional(),
});
export type PromptInput = z.infer<typeof promptInput>;

/** The first `max` UTF-16 units of a text, never ending in half a character. */
export function cutText(text: string, max: number): string {
  const cut = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
