import "server-only";
import { Composer, slotsFor, wordsOf } from "@/lib/ai/demo-writer/composer";
import * as stock from "@/lib/ai/demo-writer/templates";
import { trimAtSentence } from "@/lib/ai/length-control";
import { tailOf } from "@/lib/ai/join-pieces";
import { oneLine } from "@/lib/ai/prompt-parts";
import type { BibleBrief, OutlineBrief, SummaryBrief } from "@/lib/ai/port";
import { splitSentences } from "@/lib/ai/sentences";
import { sameBeats } from "@/lib/contract/same-beats";
import {
  MAX_FACT_CHARACTERS,
  MAX_FACTS,
  MAX_SUMMARY_WORDS,
  type OutlineChapter,
  type StoryBible,
  type StoryIdea,
  type StoryMemory,
} from "@/lib/contract/story-input";

const BEATS_A_CHAPTER = 4;
const WORDS_REMEMBERED = 40;

type Story = { idea: StoryIdea; bible: StoryBible | null; outline?: readonly (OutlineChapter | null)[] };

/** The first names of a story's people: of its bible, its premise, and whose eyes it is seen through. */
export function namesOf({ idea, bible, outline = [] }: Story): string[] {
  const people = [
    ...(bible?.characters ?? []).map(({ name }) => name),
    ...wordsOf(idea.premise).names,
    ...outline.map((chapter) => chapter?.point_of_view ?? ""),
  ];
  const first = people.map((name) => /\p{Lu}[\p{L}\p{M}]+/u.exec(name)?.[0] ?? "").filter(Boolean);
  const spare = slotsFor({ topic: idea.premise });
  return [...new Set([...first, spare.hero ?? "", spare.friend ?? ""])].slice(0, 8);
}

function composerOf(story: Story, seed: string): Composer {
  const { idea } = story;
  const slots = slotsFor({ topic: idea.premise, tone: idea.tone, names: namesOf(story) });
  return new Composer(seed, { slots, form: stock.FORMS.prose, layout: "prose" });
}

export function demoBible({ idea }: BibleBrief): StoryBible {
  const composer = composerOf({ idea, bible: null }, `bible\n${idea.premise}`);
  const [hero = "", friend = ""] = namesOf({ idea, bible: null });
  const others = stock.FIRST_NAMES.split("|").filter((name) => name !== hero && name !== friend);
  const filled = (templates: readonly string[]) => templates.map((template) => composer.fill(template));
  const descriptions = filled(stock.BIBLE.character);
  const [lastName = ""] = stock.LAST_NAMES.split("|").slice(idea.premise.length % 14);
  return {
    characters: [hero, friend, ...others.slice(0, 2)].map((name, at) => ({
      name: at === 0 ? `${name} ${lastName}` : name,
      description: descriptions[at] ?? "",
    })),
    places: filled(stock.BIBLE.place).map((description) => ({
      name: composer.fill("The {place}"),
      description,
    })),
    rules: filled(stock.BIBLE.rule),
    style: composer.fill(stock.BIBLE.style),
  };
}

/** Plans of the wanted chapters; nothing says what stands already. */
export function demoPlans(brief: OutlineBrief): { chapters: (OutlineChapter & { number: number })[] } {
  const { standing, wanted } = brief;
  const all = standing.flatMap((chapter) => chapter?.beats ?? []);
  const titles = new Set(standing.map((chapter) => chapter?.title ?? ""));
  const chapters = wanted.map((number) => {
    const old = JSON.stringify(standing[number - 1] ?? null);
    const composer = composerOf(brief, ["plan", brief.idea.premise, number, old].join("\n"));
    const beats: string[] = [];
    while (beats.length < BEATS_A_CHAPTER) {
      const beat = newBeat(composer, stageOf(number, standing.length), all);
      beats.push(beat);
      all.push(beat);
    }
    let title = composer.fresh(stock.CHAPTER_TITLES);
    for (let tries = 0; tries < 40 && titles.has(title); tries += 1)
      title = composer.fresh(stock.CHAPTER_TITLES);
    titles.add(title);
    return { number, title, point_of_view: namesOf(brief)[0] ?? "", beats };
  });
  return { chapters };
}

/** The stage of the story that a chapter belongs to; the last one ends it. */
function stageOf(chapter: number, chapters: number): readonly string[] {
  const last = stock.BEATS.length - 1;
  const stage = chapter === chapters ? last : Math.floor(((chapter - 1) * stock.BEATS.length) / chapters);
  return stock.BEATS[stage] ?? [];
}

/** A beat that says what none of `all` says. */
function newBeat(composer: Composer, templates: readonly string[], all: readonly string[]): string {
  const isSaid = (beat: string) => {
    const pairs = sameBeats([{ title: "", point_of_view: "", beats: [...all, beat] }]);
    return pairs.some(([, later]) => later.beat === all.length + 1);
  };
  let beat = composer.fresh(templates);
  for (let tries = 0; tries < 60 && isSaid(beat); tries += 1) beat = composer.fresh(templates);
  return beat;
}

/** Remembers of a chapter its title, a few sentences and one fact. */
export function demoMemory({ memory, chapterNumber, title, text }: SummaryBrief): StoryMemory {
  const sentences = splitSentences(text);
  const told = [0, Math.floor(sentences.length / 2), sentences.length - 1].map((at) => sentences[at] ?? "");
  const short = trimAtSentence([...new Set(told)].join(" "), WORDS_REMEMBERED);
  const line = `Chapter ${chapterNumber}${title && `, “${title}”`}: ${short}`;
  const fact = oneLine(sentences[Math.floor(sentences.length / 3)] ?? "", MAX_FACT_CHARACTERS);
  return {
    summary: tailOf([memory.summary, line].filter(Boolean).join("\n"), MAX_SUMMARY_WORDS),
    facts: [...memory.facts, fact].filter(Boolean).slice(-MAX_FACTS),
  };
}
