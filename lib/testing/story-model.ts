import type { FakeModelServer, FakeRequest } from "./fake-model-server";
import type { FakeBehaviour } from "./fake-models";
import { outlineFor, STORY_BIBLE } from "./stories";

export interface StoryAnswers {
  /** How each call for a chapter is answered, one after the other; then as asked. By the chapter's number. */
  chapters?: Record<number, FakeBehaviour[]>;
  /** For every call for a chapter that has nothing of its own. */
  everyChapter?: FakeBehaviour;
  outline?: FakeBehaviour[];
  bible?: FakeBehaviour[];
  summary?: FakeBehaviour[];
}

/** Teaches a fake model server the parts of a story: each kind of request is answered as such a model would. */
export function answerStories(server: FakeModelServer, answers: StoryAnswers = {}): void {
  server.handle((request) => {
    const { system, prompt } = wordsOf(request);
    if (system.includes("keep the notes of a novelist")) return answers.summary?.shift() ?? json(MEMORY);
    if (system.includes("You plan stories")) {
      if (prompt.includes("Make the bible")) return answers.bible?.shift() ?? json(STORY_BIBLE);
      return answers.outline?.shift() ?? json(outlineAsked(prompt));
    }
    const chapter = Number(/chapter (\d+) of \d+ now/.exec(prompt)?.[1] ?? 0);
    return answers.chapters?.[chapter]?.shift() ?? answers.everyChapter ?? { chapter };
  });
}

const MEMORY = { summary: "Ada found the letter and kept it.", facts: ["The letter is in Ada's coat."] };

/** What was said to the model. */
export function wordsOf({ body }: FakeRequest): { system: string; prompt: string } {
  const said = (role: string) =>
    (body.messages ?? [])
      .filter((message) => message.role === role)
      .map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)))
      .join("\n");
  return { system: said("system"), prompt: said("user") };
}

export function json(value: unknown): FakeBehaviour {
  return { text: JSON.stringify(value) };
}

/** A plan for exactly the chapters that a prompt asks for. */
export function outlineAsked(prompt: string): { chapters: object[] } {
  const all = /exactly (\d+) chapters?, numbered/.exec(prompt);
  const some = /and no other: ([\d, ]+)\./.exec(prompt);
  const numbers = some
    ? (some[1] ?? "").split(", ").map(Number)
    : Array.from({ length: Number(all?.[1] ?? 1) }, (_, at) => at + 1);
  const plans = outlineFor(Math.max(...numbers));
  return { chapters: numbers.map((number) => ({ number, ...plans[number - 1] })) };
}
