import "server-only";
import { tailOf } from "@/lib/ai/join-pieces";
import { endsAtSentence } from "@/lib/ai/sentences";
import type { ToolBrief, WriteRequest } from "@/lib/ai/port";
import { delimited, lines, materialRule, paragraphs } from "@/lib/ai/prompt-parts";
import type {
  BrainstormInput,
  BrainstormKind,
  DescribeInput,
  RewriteInput,
  RewriteStyle,
  ToolInput,
  WriteInput,
  WriteMode,
} from "@/lib/contract/tool-input";
import { countWords } from "@/lib/contract/word-count";

/** Of what stands before a continuation, so much is read. */
const TAIL_WORDS = 800;
const DESCRIBE_WORDS = 180;
const WORDS_PER_IDEA = 40;
const LEAST_WORDS = 20;

const MODES: Record<WriteMode, string> = {
  auto: "Go on in the manner of the text, with what follows most naturally and is yet not what everybody expects.",
  ominous: "Let a threat be felt that is not named: small wrong details, quiet, unease that grows.",
  romantic: "Let two people come closer, in gestures and in what is not said.",
  mysterious: "Raise a question and leave it open: a thing that does not fit, a hint, a half-seen figure.",
  action: "Let something happen at once: short sentences, bodies, objects, consequences.",
  dialogue: "Go on mostly in dialogue: each speaker wants something else, few tags, no speeches.",
};

/** What makes the second and third answer another one. */
const VARIANTS = [
  "",
  "Take a turn that is not the obvious one: begin with another character, place or moment than one would expect.",
  "Take a third way: begin with something that is said or heard, and let it lead elsewhere.",
];

const STYLES: Record<RewriteStyle, { wish: string; length: number }> = {
  improve: {
    wish: "Improve it: clearer, livelier, more exact. Keep its meaning, voice and length.",
    length: 1,
  },
  "show don't tell": {
    wish: "Show instead of telling: turn what is stated about feelings and qualities into action, senses and speech.",
    length: 1.3,
  },
  expand: {
    wish: "Expand it to about twice its length, with detail that belongs to it; add no new events.",
    length: 2,
  },
  shorten: { wish: "Shorten it to about half its length; keep everything that matters.", length: 0.5 },
  formal: { wish: "Make it formal: full forms, exact words, no slang.", length: 1.1 },
  casual: { wish: "Make it casual, as one speaks among friends.", length: 1 },
  dramatic: { wish: "Make it more dramatic: tension, rhythm, strong verbs; no new events.", length: 1.1 },
};

const IDEAS: Record<BrainstormKind, string> = {
  plot: "turns that the plot could take, a sentence or two each",
  names: "names for people of this story, each with three or four words on whom it would fit",
  places: "places, each with a name and a sentence on what makes it one's own",
  objects: "objects that could matter, each with a sentence on why",
  conflicts: "conflicts, each with who wants what and why both can't have it",
  dialogue: "lines of dialogue that somebody in this story could say, each with its speaker",
  world: "details of this world, a sentence each, that could have consequences",
  titles: "titles for this text, of one to seven words each, without explanation",
};

/**
 * The request for one answer of a writing tool. `variant`, from 1, makes each of several continuations its own;
 * `standing` is the part of a list that is there already.
 */
export function toolRequest(
  input: ToolInput,
  variant = 1,
  standing = "",
): WriteRequest & { brief: ToolBrief } {
  const targetWords = toolTargetWords(input);
  return {
    system: lines(
      "You are a professional writer who helps another one. You answer with the text that was asked for and nothing else: no introduction, no remarks about the task, no headings, no Markdown fences.",
      input.language ? `Language: ${input.language}.` : "Language: that of the text.",
      "Never end in the middle of a sentence.",
      materialRule(["text", "after", "context", "guidance", "answer"]),
    ),
    prompt: paragraphs(
      input.context && `Material to draw on where it helps:\n${delimited("context", input.context)}`,
      ...askFor(input, variant, targetWords),
      standing && `These are on the list already; give others:\n${delimited("answer", standing)}`,
      input.guidance &&
        `The writer's wish, as far as these rules allow:\n${delimited("guidance", input.guidance)}`,
    ),
    maxWords: Math.ceil(targetWords * 1.5) + LEAST_WORDS,
    model: input.model,
    brief: { kind: "tool", input, variant, targetWords },
  };
}

/** About how many words an answer of a tool has. */
export function toolTargetWords(input: ToolInput): number {
  switch (input.tool) {
    case "write":
      return input.words;
    case "rewrite":
      return Math.max(LEAST_WORDS, Math.round(countWords(input.text) * STYLES[input.style].length));
    case "describe":
      return DESCRIBE_WORDS;
    case "brainstorm":
      return input.count * WORDS_PER_IDEA;
  }
}

function askFor(input: ToolInput, variant: number, words: number): string[] {
  switch (input.tool) {
    case "write":
      return writeText(input, variant, words);
    case "rewrite":
      return rewriteText(input, words);
    case "describe":
      return describeText(input, words);
    case "brainstorm":
      return brainstormText(input);
  }
}

function writeText({ text, after = "", mode }: WriteInput, variant: number, words: number): string[] {
  const tail = tailOf(text, TAIL_WORDS);
  return [
    `The text so far ends like this:\n${delimited("text", tail)}`,
    after.trim() &&
      `After the gap it goes on like this; lead up to it and don't repeat it:\n${delimited("after", after)}`,
    `Go on with it, about ${words} words. ${MODES[mode]} ${VARIANTS[variant - 1] ?? ""}`.trim(),
    endsAtSentence(tail)
      ? "Begin with the sentence that comes next. Repeat nothing of what stands."
      : "The last sentence is unfinished: begin with the words that finish it, without repeating its beginning.",
  ];
}

function rewriteText({ text, style }: RewriteInput, words: number): string[] {
  return [
    delimited("text", text),
    `Write this text anew, about ${words} words. ${STYLES[style].wish} Keep its point of view, its tense, its names and its paragraphs. Answer with the whole new text.`,
  ];
}

function describeText({ text, sense, emotion }: DescribeInput, words: number): string[] {
  return [
    delimited("text", text),
    sense === "all"
      ? `Describe what this text names, about ${words} words, through all five senses: a short paragraph each for sight, sound, smell, taste and touch.`
      : `Describe what this text names, about ${words} words, through ${sense} alone.`,
    emotion ? `The description is coloured by this feeling: ${emotion}. It is not named.` : "",
  ];
}

function brainstormText({ text, kind, count }: BrainstormInput): string[] {
  return [
    delimited("text", text),
    `Give exactly ${count} ${count === 1 ? "idea" : "ideas"}: ${IDEAS[kind]}. One line each, beginning with “- ”, each unlike the others, and nothing before or after the list.`,
  ];
}
