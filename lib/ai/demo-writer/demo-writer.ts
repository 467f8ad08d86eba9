import "server-only";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import * as stock from "@/lib/ai/demo-writer/templates";
import { endsAtSentence } from "@/lib/ai/sentences";
import { WriterError, type PageBrief, type WriteRequest, type WriteResult, type Writer } from "@/lib/ai/port";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { countWords } from "@/lib/contract/word-count";

export const DEMO_WRITER_LABEL = "Demo writer: rule-based, no AI";

const WORDS_PER_CHUNK = 3;
/** A page takes some three and a half seconds: long enough to try the Stop button on it. */
const WORDS_PER_SECOND = 120;

/** How far from the length that was asked for a page may end. */
const TOLERANCE = 0.04;
const RUN = 6;

/**
 * Writes from templates and the prompt's own words, so that everything around a model can be seen and tested
 * without one. The same request always gives the same text, 96–104 % of the length, ending with a sentence.
 */
export class DemoWriter implements Writer {
  readonly label = DEMO_WRITER_LABEL;
  readonly isDemo = true;
  readonly #pauseMs: number;

  /** `wordsPerSecond: Infinity` streams without pauses. */
  constructor({ wordsPerSecond = WORDS_PER_SECOND }: { wordsPerSecond?: number } = {}) {
    this.#pauseMs = (WORDS_PER_CHUNK * 1000) / wordsPerSecond;
  }

  async *write(
    { brief }: WriteRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<string, WriteResult, undefined> {
    if (brief.kind !== "page")
      throw new WriterError("refused", { detail: `cannot write a ${brief.kind} yet` });
    const words = demoText(brief).match(/\S+\s*/g) ?? [];
    for (let at = 0; at < words.length; at += WORDS_PER_CHUNK) {
      await (this.#pauseMs > 0 ? sleep(this.#pauseMs, undefined, { signal }).catch(() => undefined) : turn());
      if (signal.aborted) return { finishReason: "stopped" };
      yield words.slice(at, at + WORDS_PER_CHUNK).join("");
    }
    return { finishReason: "complete" };
  }
}

/** The text of one page. The pages before are composed again first, so that it repeats nothing of them. */
export function demoText(brief: PageBrief): string {
  const composer = new Composer(brief);
  let before = "";
  for (let page = 1; page < brief.pageNumber; page += 1) {
    before = composer.page(page, WORDS_PER_PAGE, before);
  }
  // What stands there may also be the person's own, or a page that was stopped halfway.
  const tail = brief.previousTail.trim();
  return composer.page(
    brief.pageNumber,
    brief.targetWords,
    tail.endsWith(before.slice(-60)) ? before || tail : tail,
  );
}

class Composer {
  readonly #runs = new Set<string>();
  readonly #slots: Record<string, string>;
  readonly #form;
  #random: () => number = Math.random;
  #decks = new Map<string, string[]>();
  #lastWords: string[] = [];

  constructor(private readonly brief: PageBrief) {
    this.#form = stock.FORMS[brief.format];
    this.#random = randomFrom(brief.topic);
    this.#slots = { ...stock.SLOTS, ...this.#cast() };
  }

  /** Composes a page and remembers what it said. */
  page(pageNumber: number, targetWords: number, tail: string): string {
    const { format, language, tone, pageCount } = this.brief;
    const seed = [this.brief.topic, format, tone, pageNumber, tail.trim().slice(-60)].join("\n");
    this.#random = randomFrom(seed);
    this.#decks = new Map();
    this.#remember(tail);

    let text = this.#opening(pageNumber, tail, language);
    const closing =
      format === "letter" && pageNumber === pageCount ? this.#fill("\n\nYours ever,\n{hero}.") : "";
    let left = targetWords - countWords(text + closing);
    const tolerance = Math.max(1, Math.floor(targetWords * TOLERANCE));
    let inParagraph = 0;
    while (left > tolerance || countWords(text) === 0) {
      const progress = (pageNumber - Math.max(0, left) / targetWords) / pageCount;
      const unit = this.#unit(left, tolerance, progress);
      const joint = this.#joint(text, unit, inParagraph);
      inParagraph = joint.includes("\n\n") ? 1 : inParagraph + 1;
      text += joint + unit;
      left -= countWords(unit);
      this.#remember(unit);
    }
    return text + closing;
  }

  /** What this text calls its people and things, taken from the prompt where it names any. */
  #cast(): Record<string, string> {
    const { topic, format, pointOfView, tone = "" } = this.brief;
    const { names, things } = wordsOf(topic);
    const spare = this.#shuffled(stock.FIRST_NAMES.split("|")).filter((name) => !names.includes(name));
    const [hero = "", friend = ""] = [...names, ...spare];
    const [thing = "", ...others] = [
      ...things,
      ...this.#shuffled(stock.DEFAULT_THINGS.split("|")).slice(things.length),
    ];
    const person = format === "letter" ? "first person" : pointOfView;
    const [S, me, my] =
      person === "first person"
        ? ["I", "me", "my"]
        : person === "second person"
          ? ["you", "you", "your"]
          : [];
    const { dark = "", bright = "", adj = "" } = stock.SLOTS;
    const shade = /dark|grim|sad|ominous|tense|horror|serious|melanchol/i.test(tone)
      ? `|${dark}|${dark}`
      : "";
    const light = /light|warm|funny|humou?r|happy|cheer|romantic|hope|playful/i.test(tone)
      ? `|${bright}|${bright}`
      : "";
    return {
      hero,
      friend,
      thing: [thing, ...things].join("|"),
      other: others.join("|") || thing,
      S: S ?? hero,
      me: me ?? hero,
      my: my ?? `${hero}’s`,
      adj: adj + shade + light,
    };
  }

  #opening(pageNumber: number, tail: string, language: string | undefined): string {
    if (tail.trim() === "") {
      const notice =
        language && !/english/i.test(language)
          ? `This demo writer knows English only, so this text is not in ${language}.\n\n`
          : "";
      return (
        notice + (this.brief.format === "letter" && pageNumber === 1 ? this.#fill("Dear {friend},\n\n") : "")
      );
    }
    if (!endsAtSentence(tail)) return this.#fresh(stock.FINISHERS);
    const nouns = `${stock.SLOTS.noun}`.split("|");
    const echo = (tail.match(/\p{L}+/gu) ?? []).reverse().find((word) => nouns.includes(word));
    const joints = stock.JOINTS[this.brief.format].map((joint) => joint.replace("{echo}", echo ?? "{noun}"));
    return this.#fresh(joints);
  }

  /** A sentence, or what is the smallest whole in this form, that still has room. */
  #unit(left: number, tolerance: number, progress: number): string {
    const { common, plan, planShare } = this.#form;
    const stage = plan[Math.min(plan.length - 1, Math.floor(progress * plan.length))] ?? common;
    let best = "";
    let bestMiss = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 200; tries += 1) {
      const short = left < 14 && tries % 2 === 1;
      const unit = this.#draw(short ? stock.SHORT : this.#random() < planShare ? stage : common);
      const after = left - countWords(unit);
      // Either it ends the page within the tolerance, or it leaves room for another sentence.
      const gap = after >= RUN ? 0 : Math.max(0, Math.abs(after) - tolerance);
      const miss = gap + (this.#repeats(unit) ? 3 : 0);
      if (miss < bestMiss) [best, bestMiss] = [unit, miss];
      if (miss === 0) break;
    }
    return best;
  }

  #joint(text: string, unit: string, inParagraph: number): string {
    if (text === "" || text.endsWith("\n")) return "";
    if (this.brief.format === "script") return "\n\n";
    if (this.brief.format === "poem") return inParagraph >= 2 ? "\n\n" : "\n";
    const speech = unit.startsWith("“") || text.slice(text.lastIndexOf("\n") + 1).startsWith("“");
    return speech || inParagraph >= 3 + Math.floor(this.#random() * 3) ? "\n\n" : " ";
  }

  /** A filled template that repeats nothing, or after some tries the last one. */
  #fresh(templates: readonly string[]): string {
    let unit = this.#draw(templates);
    for (let tries = 0; tries < 50 && this.#repeats(unit); tries += 1) unit = this.#draw(templates);
    this.#remember(unit);
    return unit;
  }

  #draw(templates: readonly string[]): string {
    return this.#fill(this.#deal(templates[0] ?? "", templates));
  }

  #fill(template: string): string {
    let text = template;
    while (/\{\w+\}/.test(text)) {
      text = text.replace(/\{(\w+)\}/g, (_, slot: string) => {
        const upper = slot.length > 1 && slot === slot.toUpperCase();
        const name = upper ? slot.toLowerCase() : slot;
        const filler = this.#deal(name, (this.#slots[name] ?? "").split("|"));
        return upper ? this.#fill(filler).toUpperCase() : filler;
      });
    }
    return text
      .replace(/\.~”/g, ",”")
      .replaceAll("~", "")
      .replace(/\b([Aa]) (?=[aeio]|u[^ns]|un[^i]|hones|hour)/g, "$1n ")
      .replace(
        /(^[“(]?|\^)(\p{L})/gu,
        (_, before: string, letter: string) => before.replace("^", "") + letter.toUpperCase(),
      );
  }

  /** Deals from a shuffled deck, so that nothing comes again before everything has come. */
  #deal(name: string, fillers: readonly string[]): string {
    const deck = this.#decks.get(name) ?? [];
    if (deck.length === 0) deck.push(...this.#shuffled(fillers));
    this.#decks.set(name, deck);
    return deck.pop() ?? "";
  }

  #shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: this.#random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }

  #repeats(unit: string): boolean {
    return this.#runsOf(unit).some((run) => this.#runs.has(run));
  }

  #remember(text: string): void {
    for (const run of this.#runsOf(text)) this.#runs.add(run);
    this.#lastWords = [...this.#lastWords, ...plainWords(text)].slice(-(RUN - 1));
  }

  /** Every run of six words, those that begin in what stands before included, and each sentence as a whole. */
  #runsOf(unit: string): string[] {
    const words = [...this.#lastWords, ...plainWords(unit)];
    const runs = words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" "));
    const sentences = unit.split(/[.?!)]”?\s+|\n/).map((sentence) => `= ${plainWords(sentence).join(" ")}`);
    return [...runs, ...sentences.filter((sentence) => sentence.split(" ").length > 3)];
  }
}

function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}’]+/gu) ?? [];
}

const SMALL_WORDS = new Set(
  "a about above after again all also am an and any are around as at away be because been before begin begins being below between both but by can come comes could day did do does down during each end ends even every few find finds for from get gets give gives go goes had has have he help her here him his how i if in into is it its just keep keeps know known learn learns like live lives long lose loses love loves make makes many may me meet meets more most must my near never new no not now of off old on one only or other our out over own please put same see sees she should so some such take takes tell tells than that the their them then there these they think thinks this those through to too two three try tries under until up us use uses very want wants was we were what when where which while who whose why will with within without would you your write wrote written describe describes explain explains create page pages words named called decide decides whether set discover discovers turn turns become becomes run runs say says ask asks open opens".split(
    " ",
  ),
);

/** "A story about …": the form is not what it is about. */
const FORM_BEFORE_MATTER = /\b(?:story|essay|article|poem|letter|script|text|tale) (?=about|on|of)/gi;

/** Names and phrases of a prompt: runs of words that carry meaning, as a reader would underline them. */
function wordsOf(topic: string): { names: string[]; things: string[] } {
  const names = new Set<string>();
  const things = new Set<string>();
  const matter = topic.slice(0, 2_000).replace(FORM_BEFORE_MATTER, "");
  for (const clause of matter.split(/[;:()\n"“”—–,]+|(?=[.!?])/)) {
    const begins = /^[.!?]/.test(clause) || clause === matter;
    const tokens = clause.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu) ?? [];
    let run: string[] = [];
    let before = "";
    const close = () => {
      // "a keeper finds": after a singular article the last word of a run, with an s, is a verb.
      if (/^an?$/.test(before) && run.length > 1 && /[^s]s$/.test(run.at(-1) ?? "")) run.pop();
      const phrase = run.slice(-3).join(" ");
      if (phrase.length > 2 && phrase.length <= 40)
        things.add(/^[a-z]/.test(phrase) ? `the ${phrase}` : phrase);
      run = [];
    };
    tokens.forEach((token, at) => {
      const small = SMALL_WORDS.has(token.toLowerCase());
      const proper =
        !small && /^\p{Lu}\p{Ll}+$/u.test(token) && !(at === 0 && (begins || matter.startsWith(token)));
      if (small || proper) close();
      if (small) before = token.toLowerCase();
      else if (!proper) run.push(token.toLowerCase());
      else if (/^(?:in|at|from|near|to|of)$/.test(before)) things.add(token);
      else names.add(token);
    });
    close();
  }
  return { names: [...names].slice(0, 6), things: [...things].slice(0, 12) };
}

/** A generator of numbers from 0 to 1 that is the same for the same seed on every machine. */
function randomFrom(seed: string): () => number {
  let state = 2_166_136_261;
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
