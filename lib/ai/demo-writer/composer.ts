import "server-only";
import * as stock from "@/lib/ai/demo-writer/templates";
import type { Format, PointOfView } from "@/lib/contract/prompt-input";
import { countWords } from "@/lib/contract/word-count";

/** How far from the length that was asked for a text may end. */
const TOLERANCE = 0.04;
const RUN = 6;

/** Who and what a text is about, and who tells it. */
export interface Cast {
  topic: string;
  pointOfView?: PointOfView | undefined;
  tone?: string | undefined;
  /** Go before those of the topic. */
  names?: readonly string[];
  things?: readonly string[];
}

/** What a text is called up from: its slots, and the sentences of its form. */
export interface Sheet {
  slots: Record<string, string>;
  form: stock.Form;
  layout: Format;
}

/** What this text calls its people and things, taken from the person's own words where those name any. */
export function slotsFor({ topic, pointOfView, tone = "", ...given }: Cast): Record<string, string> {
  const deal = shuffler(randomFrom(topic));
  const found = wordsOf(topic, given.names);
  const names = [...new Set([...(given.names ?? []), ...found.names])];
  const things = [...new Set([...(given.things ?? []), ...found.things])];
  const spare = deal(stock.FIRST_NAMES.split("|")).filter((name) => !names.includes(name));
  const [hero = "", friend = ""] = [...names, ...spare];
  const defaults = deal(stock.DEFAULT_THINGS.split("|")).slice(things.length);
  const [thing = "", ...others] = [...things, ...defaults];
  const [S, me, my] =
    pointOfView === "first person"
      ? ["I", "me", "my"]
      : pointOfView === "second person"
        ? ["you", "you", "your"]
        : [];
  const { dark = "", bright = "", adj = "" } = stock.SLOTS;
  const shade = stock.DARK_TONES.test(tone) ? `|${dark}|${dark}` : "";
  const light = stock.BRIGHT_TONES.test(tone) ? `|${bright}|${bright}` : "";
  return {
    ...stock.SLOTS,
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

/** Composes texts of a sheet's sentences, and says nothing twice that it said or was told to remember. */
export class Composer {
  readonly #runs = new Set<string>();
  #random: () => number;
  #decks = new Map<string, string[]>();
  #lastWords: string[] = [];

  constructor(
    seed: string,
    private sheet: Sheet,
  ) {
    this.#random = randomFrom(seed);
  }

  /** From here on the text is about these people and things. */
  recast(slots: Record<string, string>): void {
    for (const name of Object.keys(slots)) {
      if (slots[name] !== this.sheet.slots[name]) this.#decks.delete(name);
    }
    this.sheet = { ...this.sheet, slots };
  }

  /** From here on the text is made of these sentences. */
  reform(form: stock.Form): void {
    this.sheet = { ...this.sheet, form };
  }

  /** Chooses anew from here on, the same for the same seed. */
  reseed(seed: string): void {
    this.#random = randomFrom(seed);
    this.#decks = new Map();
  }

  /**
   * Sentences of `targetWords` words within 4 %, behind `opening`, which counts, and before `closing`, which counts too. They
   * pass through the plan from `from` to `to`, shares of the whole.
   */
  compose(targetWords: number, { opening = "", closing = "", from = 0, to = 1 } = {}): string {
    let text = opening;
    let left = targetWords - countWords(text + closing);
    const tolerance = Math.max(1, Math.floor(targetWords * TOLERANCE));
    let inParagraph = 0;
    while (left > tolerance || countWords(text) === 0) {
      const done = 1 - Math.max(0, left) / targetWords;
      const unit = this.#unit(left, tolerance, from + (to - from) * done);
      const joint = this.#joint(text, unit, inParagraph);
      inParagraph = joint.includes("\n\n") ? 1 : inParagraph + 1;
      text += joint + unit;
      left -= countWords(unit);
      this.remember(unit);
    }
    return text + closing;
  }

  /** A sentence, or what is the smallest whole in this form, that still has room. */
  #unit(left: number, tolerance: number, progress: number): string {
    const { common, plan, planShare } = this.sheet.form;
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
    if (this.sheet.layout === "script") return "\n\n";
    if (this.sheet.layout === "poem") return inParagraph >= 2 ? "\n\n" : "\n";
    const speech = unit.startsWith("“") || text.slice(text.lastIndexOf("\n") + 1).startsWith("“");
    return speech || inParagraph >= 3 + Math.floor(this.#random() * 3) ? "\n\n" : " ";
  }

  /** A filled template that repeats nothing, or after some tries the last one. */
  fresh(templates: readonly string[]): string {
    let unit = this.#draw(templates);
    for (let tries = 0; tries < 50 && this.#repeats(unit); tries += 1) unit = this.#draw(templates);
    this.remember(unit);
    return unit;
  }

  #draw(templates: readonly string[]): string {
    return this.fill(this.#deal(templates[0] ?? "", () => templates));
  }

  /** A template with its slots filled. */
  fill(template: string): string {
    let text = template;
    while (/\{\w+\}/.test(text)) {
      text = text.replace(/\{(\w+)\}/g, (_, slot: string) => {
        const upper = slot.length > 1 && slot === slot.toUpperCase();
        const name = upper ? slot.toLowerCase() : slot;
        const filler = this.#deal(name, () => (this.sheet.slots[name] ?? "").split("|"));
        return upper ? this.fill(filler).toUpperCase() : filler;
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
  #deal(name: string, fillers: () => readonly string[]): string {
    const deck = this.#decks.get(name) ?? [];
    if (deck.length === 0) deck.push(...shuffler(this.#random)(fillers()));
    this.#decks.set(name, deck);
    return deck.pop() ?? "";
  }

  #repeats(unit: string): boolean {
    return this.#runsOf(unit).some((run) => this.#runs.has(run));
  }

  /** This was said already. */
  remember(text: string): void {
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

function shuffler(random: () => number): <T>(items: readonly T[]) => T[] {
  return (items) =>
    items
      .map((item) => ({ item, order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
}

function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}’]+/gu) ?? [];
}

const SMALL_WORDS = new Set(
  "a about above knows knew left lost loved made kept waits wakes after again all also am an and any are around as at away be because been before begin begins being below between both but by can come comes could day did do does down during each end ends even every few find finds for from get gets give gives go goes had has have he help her here him his how i if in into is it its just keep keeps know known learn learns like live lives long lose loses love loves make makes many may me meet meets more most must my near never new no not now of off old on one only or other our out over own please put same see sees she should so some such take takes tell tells than that the their them then there these they think thinks this those through to too two three try tries under until up us use uses very want wants was we were what when where which while who whose why will with within without would you your write wrote written describe describes explain explains create page pages words named called decide decides whether set discover discovers turn turns become becomes run runs say says ask asks open opens".split(
    " ",
  ),
);

/** "A story about …": the form is not what it is about. */
const FORM_BEFORE_MATTER = /\b(?:story|essay|article|poem|letter|script|text|tale) (?=about|on|of)/gi;

const DETERMINER = /^(?:an?|the|his|her|its|my|your|our|their|this|that|every|no|some)$/;

/** Names and phrases of a prompt: runs of words that carry meaning, as a reader would underline them. */
export function wordsOf(topic: string, known: readonly string[] = []): { names: string[]; things: string[] } {
  const names = new Set<string>();
  const determined = new Set<string>();
  const loose = new Set<string>();
  const matter = topic.slice(0, 2_000).replace(FORM_BEFORE_MATTER, "");
  for (const clause of matter.split(/[;:()\n"“”—–,]+|(?=[.!?])/)) {
    const begins = /^[.!?]/.test(clause) || clause === matter;
    const tokens = clause.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu) ?? [];
    let run: string[] = [];
    let before = "";
    let properBefore = false;
    const close = () => {
      // "a keeper finds": after a singular article the last word of a run, with an s, is a verb.
      if (/^an?$/.test(before) && run.length > 1 && /[^s]s$/.test(run.at(-1) ?? "")) run.pop();
      const phrase = run.slice(-3).join(" ");
      const things = DETERMINER.test(before) ? determined : loose;
      if (phrase.length > 2 && phrase.length <= 40)
        things.add(/^[a-z]/.test(phrase) ? `the ${phrase}` : phrase);
      run = [];
    };
    tokens.forEach((token, at) => {
      const lower = token.toLowerCase();
      // "the old dog didn’t move", "the keeper waited": what is done ends what is meant.
      const verb = /n['’]t$/.test(lower) || (run.length > 0 && lower.length > 4 && lower.endsWith("ed"));
      const small = SMALL_WORDS.has(lower) || verb;
      const first = at === 0 && (begins || matter.startsWith(token));
      // "Ada finds", "Ada, the keeper": a bare word that begins a sentence is a name, unless there are several of it.
      const next = tokens[at + 1]?.toLowerCase();
      const alone = !token.endsWith("s") && (next === undefined || SMALL_WORDS.has(next));
      const capital = !small && /^\p{Lu}\p{Ll}+$/u.test(token);
      const proper = known.includes(token) || (capital && (!first || alone));
      if (small || proper) close();
      if (small) before = lower;
      else if (!proper) run.push(lower);
      else if (!known.includes(token) && /^(?:in|at|from|near|to|of)$/.test(before)) determined.add(token);
      else if (!properBefore) names.add(token);
      if (proper) before = "";
      properBefore = proper;
    });
    close();
  }
  const things = determined.size > 0 ? determined : loose;
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
