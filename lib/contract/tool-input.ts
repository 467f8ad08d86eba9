import { z } from "zod";
import { text, wholeNumber } from "./fields";
import { context } from "./material";
import { promptOptions, wish } from "./prompt-input";
import { MODEL_NAMES } from "./quote";

export const TOOLS = ["write", "rewrite", "describe", "brainstorm"] as const;
export type ToolName = (typeof TOOLS)[number];

export const WRITE_MODES = ["auto", "ominous", "romantic", "mysterious", "action", "dialogue"] as const;
export type WriteMode = (typeof WRITE_MODES)[number];

export const REWRITE_STYLES = [
  "improve",
  "show don't tell",
  "expand",
  "shorten",
  "formal",
  "casual",
  "dramatic",
] as const;
export type RewriteStyle = (typeof REWRITE_STYLES)[number];

export const SENSES = ["sight", "sound", "smell", "taste", "touch"] as const;
export type Sense = (typeof SENSES)[number];
export const DESCRIBE_SENSES = ["all", ...SENSES] as const;

export const BRAINSTORM_KINDS = [
  "plot",
  "names",
  "places",
  "objects",
  "conflicts",
  "dialogue",
  "world",
  "titles",
] as const;
export type BrainstormKind = (typeof BRAINSTORM_KINDS)[number];

export const MAX_VARIANTS = 3;
export const MAX_IDEAS = 10;
export const MIN_WRITE_WORDS = 50;
export const MAX_WRITE_WORDS = 400;

/** How much text a tool works on, in UTF-16 units. Of what stands before a continuation only the end is read. */
export const MAX_TOOL_CHARACTERS = {
  write: 20_000,
  rewrite: 8_000,
  describe: 2_000,
  brainstorm: 8_000,
} as const;
export const MAX_AFTER_CHARACTERS = 2_000;
export const MAX_GUIDANCE_CHARACTERS = 500;

const work = (tool: ToolName) =>
  text(MAX_TOOL_CHARACTERS[tool]).refine((value) => value.trim() !== "", "must have some text to work on");

const common = {
  context,
  /** What the writer wishes, in a few words. */
  guidance: wish(MAX_GUIDANCE_CHARACTERS),
  /** Absent: the language of the text. */
  language: promptOptions.shape.language,
  model: z.enum(MODEL_NAMES, `must be ${MODEL_NAMES.join(", ")}`).default("balanced"),
};

/** Goes on with a text. */
export const writeInput = z.object({
  tool: z.literal("write"),
  mode: z.enum(WRITE_MODES, `must be ${WRITE_MODES.join(", ")}`).default("auto"),
  /** So many continuations, each of its own. */
  variants: wholeNumber(1, MAX_VARIANTS).default(1),
  /** About how many words each of them has. */
  words: wholeNumber(MIN_WRITE_WORDS, MAX_WRITE_WORDS).default(200),
  text: work("write"),
  /** What follows the place where it is put. */
  after: text(MAX_AFTER_CHARACTERS).optional(),
  ...common,
});

export const rewriteInput = z.object({
  tool: z.literal("rewrite"),
  style: z.enum(REWRITE_STYLES, `must be ${REWRITE_STYLES.join(", ")}`).default("improve"),
  text: work("rewrite"),
  ...common,
});

export const describeInput = z.object({
  tool: z.literal("describe"),
  sense: z.enum(DESCRIBE_SENSES, `must be ${DESCRIBE_SENSES.join(", ")}`).default("all"),
  emotion: wish(60),
  text: work("describe"),
  ...common,
});

export const brainstormInput = z.object({
  tool: z.literal("brainstorm"),
  kind: z.enum(BRAINSTORM_KINDS, `must be ${BRAINSTORM_KINDS.join(", ")}`),
  /** Exactly so many ideas, a line each. */
  count: wholeNumber(1, MAX_IDEAS).default(5),
  text: work("brainstorm"),
  ...common,
});

export const toolInput = z.discriminatedUnion(
  "tool",
  [writeInput, rewriteInput, describeInput, brainstormInput],
  `must be ${TOOLS.join(", ")}`,
);
export type WriteInput = z.infer<typeof writeInput>;
export type RewriteInput = z.infer<typeof rewriteInput>;
export type DescribeInput = z.infer<typeof describeInput>;
export type BrainstormInput = z.infer<typeof brainstormInput>;
export type ToolInput = z.infer<typeof toolInput>;
