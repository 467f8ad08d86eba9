import "server-only";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { Composer, slotsFor, type Cast } from "@/lib/ai/demo-writer/composer";
import { demoBible, demoMemory, demoPlans, namesOf } from "@/lib/ai/demo-writer/demo-plan";
import { demoTool } from "@/lib/ai/demo-writer/demo-tools";
import * as stock from "@/lib/ai/demo-writer/templates";
import type { Brief, ChapterBrief, PageBrief, WriteRequest, WriteResult, Writer } from "@/lib/ai/port";
import { endsAtSentence } from "@/lib/ai/sentences";
import type { Format } from "@/lib/contract/prompt-input";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { countWords } from "@/lib/contract/word-count";

export const DEMO_WRITER_LABEL = "Demo writer: rule-based, no AI";

const WORDS_PER_CHUNK = 3;
/** A page takes some three and a half seconds: long enough to try the Stop button on it. */
const WORDS_PER_SECOND = 120;
/** Nobody reads a plan while it comes. */
const PLAN_HASTE = 8;

/**
 * Writes from templates and the writer's own words, so that everything around a model can be seen and tested without
 * one. The same request always gives the same text; pages, chapters and continuations have 96–104 % of their length.
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
    const plan = brief.kind === "bible" || brief.kind === "outline" || brief.kind === "summary";
    const words = demoText(brief).match(/\S+\s*/g) ?? [];
    const step = plan ? WORDS_PER_CHUNK * PLAN_HASTE : WORDS_PER_CHUNK;
    for (let at = 0; at < words.length; at += step) {
      await (this.#pauseMs > 0 ? sleep(this.#pauseMs, undefined, { signal }).catch(() => undefined) : turn());
      if (signal.aborted) return { finishReason: "stopped" };
      yield words.slice(at, at + step).join("");
    }
    return { finishReason: "complete" };
  }
}

/** The whole answer to a brief. */
export function demoText(brief: Brief): string {
  switch (brief.kind) {
    case "page":
      return pageText(brief);
    case "chapter":
      return chapterText(brief);
    case "tool":
      return demoTool(brief);
    case "bible":
      return JSON.stringify(demoBible(brief), null, 1);
    case "outline":
      return JSON.stringify(demoPlans(brief), null, 1);
    case "summary":
      return JSON.stringify(demoMemory(brief), null, 1);
  }
}

/** One page. The pages before are composed again first, so that it repeats nothing of them. */
function pageText(brief: PageBrief): string {
  const { topic, format, tone, pageCount, pageNumber } = brief;
  const cast: Cast = { topic, tone, pointOfView: format === "letter" ? "first person" : brief.pointOfView };
  const composer = new Composer(topic, { slots: slotsFor(cast), form: stock.FORMS[format], layout: format });
  const compose = (nth: number, targetWords: number, tail: string): string => {
    composer.reseed([topic, format, tone, nth, tail.trim().slice(-60)].join("\n"));
    composer.remember(tail);
    const salutation = format === "letter" && nth === 1 ? composer.fill("Dear {friend},\n\n") : "";
    const opening =
      tail.trim() === "" ? englishOnly(brief.language) + salutation : goingOn(composer, tail, format);
    const closing = format === "letter" && nth === pageCount ? composer.fill("\n\nYours ever,\n{hero}.") : "";
    return composer.compose(targetWords, {
      opening,
      closing,
      from: (nth - 1) / pageCount,
      to: nth / pageCount,
    });
  };
  let before = "";
  for (let nth = 1; nth < pageNumber; nth += 1) before = compose(nth, WORDS_PER_PAGE, before);
  // What stands there may also be the person's own, or a page that was stopped halfway.
  const tail = brief.previousTail.trim();
  return compose(pageNumber, brief.targetWords, tail.endsWith(before.slice(-60)) ? before || tail : tail);
}

/** A story is long, and its beats carry it: the plan of a short text would come again and again. */
const CHAPTER = { ...stock.FORMS.prose, planShare: 0.25 };

/** Fewer words than this tell no beat. */
const LEAST_WORDS_OF_A_BEAT = 60;

/** One chapter, or its rest: a passage for each beat that is due, about the people and things that the beat names. */
function chapterText(brief: ChapterBrief): string {
  const { idea, outline, chapterNumber, continues, previousTail, targetWords, draft } = brief;
  const plan = outline[chapterNumber - 1];
  const beats = dueBeats(brief, plan?.beats.length ? plan.beats : [plan?.title || idea.premise]);
  const names = namesOf(brief);
  const cast = (beat: string): Record<string, string> => {
    const present = names.filter((name) => beat.includes(name));
    const said = beat.replace(/[{}|^~“”]/g, "");
    const topic = { topic: said, pointOfView: idea.point_of_view, tone: idea.tone };
    // The premise's own phrases stand in for a beat that names no thing.
    return { ...slotsFor({ ...topic, names: [...new Set([...present, ...names])] }), beat: said };
  };
  const seed = [idea.premise, chapterNumber, plan?.title, draft, previousTail.slice(-60)].join("\n");
  const composer = new Composer(seed, {
    slots: cast(beats[0] ?? ""),
    form: CHAPTER,
    layout: "prose",
  });
  composer.remember(previousTail);
  let text = continues ? goingOn(composer, previousTail, "prose") : chapterNumber === 1 ? notice(brief) : "";
  beats.forEach((beat, at) => {
    composer.recast(cast(beat));
    const share = Math.round((targetWords - countWords(text)) / (beats.length - at));
    const told =
      countWords(beat) * 2 < share && !(continues && at === 0) ? composer.fresh(stock.BEAT_TOLD) : "";
    const reached = (chapterNumber - 1 + at / beats.length) / outline.length;
    const passage = composer.compose(share, {
      opening: told,
      from: reached,
      to: reached + 1 / (outline.length * beats.length),
    });
    text += (text === "" || text.endsWith("\n") ? "" : at === 0 ? " " : "\n\n") + passage;
  });
  return text;
}

/** The beats that a chapter has still to tell, as many as its words have room for. */
function dueBeats({ idea, continues, targetWords }: ChapterBrief, beats: readonly string[]): string[] {
  const told = continues ? Math.max(0, 1 - targetWords / idea.words_per_chapter) : 0;
  const due = beats.slice(Math.min(beats.length - 1, Math.floor(told * beats.length)));
  return due.slice(0, Math.max(1, Math.floor(targetWords / LEAST_WORDS_OF_A_BEAT)));
}

/** Takes up what stands before: finishes its sentence, or begins a new one with a word of it. */
function goingOn(composer: Composer, tail: string, format: Format): string {
  if (!endsAtSentence(tail)) return composer.fresh(stock.FINISHERS);
  const nouns = `${stock.SLOTS.noun}`.split("|");
  const echo = (tail.match(/\p{L}+/gu) ?? []).reverse().find((word) => nouns.includes(word));
  return composer.fresh(stock.JOINTS[format].map((joint) => joint.replace("{echo}", echo ?? "{noun}")));
}

function notice({ idea }: ChapterBrief): string {
  const past = idea.tense === "present" ? "This demo writer knows the past tense only.\n\n" : "";
  return englishOnly(idea.language) + past;
}

function englishOnly(language: string | undefined): string {
  return language && !/english/i.test(language)
    ? `This demo writer knows English only, so this text is not in ${language}.\n\n`
    : "";
}
