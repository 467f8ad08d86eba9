import "server-only";
import { Composer, slotsFor } from "@/lib/ai/demo-writer/composer";
import * as stock from "@/lib/ai/demo-writer/templates";
import type { ToolBrief } from "@/lib/ai/port";
import { endsAtSentence, splitSentences } from "@/lib/ai/sentences";
import {
  SENSES,
  type BrainstormInput,
  type DescribeInput,
  type RewriteInput,
  type ToolInput,
  type WriteInput,
} from "@/lib/contract/tool-input";
import { countWords } from "@/lib/contract/word-count";

/** Of what can be improved, the words that say nothing. */
const FILLERS = stock.IMPROVED.split("|")
  .filter((pair) => pair.endsWith("="))
  .join("|");

/** The answer of a tool, by rules. */
export function demoTool({ input, variant, targetWords }: ToolBrief): string {
  const composer = composerOf(input, variant);
  switch (input.tool) {
    case "write":
      return goOn(composer, input, targetWords);
    case "rewrite":
      return rewrite(composer, input, targetWords);
    case "describe":
      return describe(composer, input, targetWords);
    case "brainstorm":
      return brainstorm(composer, input);
  }
}

function composerOf(input: ToolInput, variant: number): Composer {
  const { tool, text } = input;
  const kind =
    tool === "write"
      ? input.mode
      : tool === "rewrite"
        ? input.style
        : tool === "describe"
          ? input.sense
          : input.kind;
  const emotion = tool === "describe" ? input.emotion : undefined;
  // The end is what a continuation is about.
  const topic = text.slice(-2_000);
  const told = tool === "write" && (text.match(/\bI\b/g)?.length ?? 0) > 1 ? "first person" : undefined;
  const slots = {
    ...slotsFor({ topic, pointOfView: told, tone: emotion ?? input.guidance }),
    first: stock.FIRST_NAMES,
    last: stock.LAST_NAMES,
  };
  const common = tool === "write" ? stock.MODES[input.mode] : stock.FORMS.prose.common;
  const seed = [tool, kind, emotion, input.guidance, variant, text.length, text.slice(-400)].join("\n");
  return new Composer(seed, {
    slots,
    form: { common, plan: [stock.FORMS.prose.common], planShare: 0.3 },
    layout: "prose",
  });
}

function goOn(composer: Composer, { text }: WriteInput, targetWords: number): string {
  composer.remember(text.slice(-4_000));
  const opening = endsAtSentence(text) ? "" : composer.fresh(stock.FINISHERS);
  return composer.compose(targetWords, { opening });
}

function describe(composer: Composer, { sense }: DescribeInput, targetWords: number): string {
  const senses = sense === "all" ? SENSES : [sense];
  const parts: string[] = [];
  senses.forEach((one, at) => {
    const lines = stock.SENSE_LINES[one];
    const share = Math.round((targetWords - countWords(parts.join(" "))) / (senses.length - at));
    composer.reform({ common: lines, plan: [lines], planShare: 0 });
    parts.push(composer.compose(share, { opening: composer.fresh(lines) }));
  });
  return parts.join("\n\n");
}

function brainstorm(composer: Composer, { kind, count }: BrainstormInput): string {
  const ideas = new Set<string>();
  for (let tries = 0; ideas.size < count && tries < count * 50; tries += 1) {
    const idea = composer.fresh(stock.IDEAS[kind]);
    ideas.add(kind === "titles" ? titleCase(idea) : idea);
  }
  return [...ideas].map((idea) => `- ${idea}`).join("\n");
}

function titleCase(title: string): string {
  return title.replace(
    /(?<!’)\b\p{Ll}[\p{L}-]{3,}/gu,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
}

function rewrite(composer: Composer, { text, style }: RewriteInput, targetWords: number): string {
  const rewritten = byParagraph(text.trim(), (paragraph) => {
    switch (style) {
      case "improve":
        return exchange(paragraph, stock.IMPROVED);
      case "formal":
        return exchange(paragraph, stock.FORMAL);
      case "casual":
        return exchange(paragraph, stock.CASUAL);
      case "dramatic":
        return dramatic(composer, paragraph);
      case "show don't tell":
        return shown(composer, paragraph);
      case "expand":
      case "shorten":
        return paragraph;
    }
  });
  if (style === "shorten") return shortened(text.trim(), targetWords);
  if (style === "expand") return expanded(composer, text.trim(), targetWords);
  // Where no rule found a word to change, the change is said in a sentence of its own.
  return rewritten === text.trim() ? `${rewritten} ${composer.fresh(stock.SHOWN_BESIDE)}` : rewritten;
}

function byParagraph(text: string, change: (paragraph: string) => string): string {
  return text
    .split(/(\n+)/)
    .map((part) => (part.trim() === "" ? part : change(part)))
    .join("");
}

/** Exchanges whole words one after the other, and keeps capitals; where nothing takes their place, the next word gets theirs. */
function exchange(text: string, table: string): string {
  return table.split("|").reduce((changed, pair) => {
    const [from = "", to = ""] = pair.split("=", 2);
    // "n't" and "'re" end a word, and begin none.
    const begins = /^(?:n't|')/.test(from) ? "" : "(?<![\\p{L}’'-])";
    const gap = to === "" ? ",? *(\\p{L})?" : "()";
    const pattern = new RegExp(`${begins}${from.replaceAll("'", "['’]")}(?![\\p{L}’'-])${gap}`, "giu");
    return changed.replace(pattern, (found, next: string | undefined = "") => {
      const put = to === "" ? next : to;
      return /^\p{Lu}/u.test(found) ? capital(put) : put;
    });
  }, text);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dramatic(composer: Composer, paragraph: string): string {
  const cut = exchange(paragraph, stock.DRAMATIC).replace(
    /, (and|but) (\p{L})/gu,
    (_, word: string, letter: string) => `. ${capital(word)} ${letter}`,
  );
  return `${cut} ${composer.fresh(stock.MODES.ominous)}`;
}

function shown(composer: Composer, paragraph: string): string {
  const changed = stock.SHOWN.reduce(
    (text, [feeling, deed]) => text.replace(feeling, () => lowerFirst(composer.fill(deed))),
    paragraph,
  );
  const [first = "", ...rest] = splitSentences(changed);
  return [first, composer.fresh(stock.SHOWN_BESIDE), ...rest].join(" ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Behind each sentence comes another one about the same, until the text is long enough. */
function expanded(composer: Composer, text: string, targetWords: number): string {
  let missing = Math.max(1, targetWords - countWords(text));
  const grown = byParagraph(text, (paragraph) =>
    splitSentences(paragraph)
      .map((sentence) => {
        if (missing <= 0) return sentence;
        const more = composer.compose(Math.min(missing, Math.max(6, countWords(sentence))));
        missing -= countWords(more);
        return `${sentence} ${more}`;
      })
      .join(" "),
  );
  return missing > 5 ? `${grown} ${composer.compose(missing)}` : grown;
}

/** Loses small words and brackets, then whole sentences from behind each paragraph's first, then the ends of the last ones. */
function shortened(text: string, targetWords: number): string {
  const plain = exchange(text.replace(/ ?\([^()]*\)/g, ""), FILLERS);
  const paragraphs = plain
    .split(/\n+/)
    .map(splitSentences)
    .filter((sentences) => sentences.length > 0);
  const total = () => countWords(paragraphs.flat().join(" "));
  while (total() > targetWords * 1.1) {
    const longest = paragraphs.reduce(
      (best, one) => (one.length > best.length ? one : best),
      paragraphs[0] ?? [],
    );
    if (longest.length < 2) break;
    longest.splice(Math.floor(longest.length / 2), 1);
  }
  while (paragraphs.length > 1 && total() > targetWords * 1.1)
    paragraphs.splice(Math.floor(paragraphs.length / 2), 1);
  const kept = paragraphs.map((sentences) => sentences.join(" ")).join("\n\n");
  return countWords(kept) < countWords(text) ? kept : firstClause(kept);
}

/** Of one sentence the first clause, or half of its words; scripts without spaces give half of their characters. */
function firstClause(sentence: string): string {
  const clause = /^(.+?\p{L}{3,})(?:[,;:–—]| and | but | while | when | because )/u.exec(sentence)?.[1] ?? "";
  const words = sentence.split(/\s+/);
  const half = words.slice(0, Math.ceil(words.length / 2)).join(" ");
  const shortest = [clause, half, [...sentence].slice(0, Math.ceil([...sentence].length / 2)).join("")];
  const cut = shortest.find((part) => part !== "" && countWords(part) < countWords(sentence)) ?? sentence;
  return `${cut.replace(/[\p{P}\s]+$/u, "")}.`;
}
