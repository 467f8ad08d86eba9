import { describe, expect, it } from "vitest";
import { emphasisWork } from "./emphasis-work";
import { readMarkdown } from "./read-markdown";

const line = (part: string, characters: number) => part.repeat(Math.ceil(characters / part.length));
const bold = (markdown: string) =>
  readMarkdown(markdown, () => null).flatMap((block) =>
    block.kind === "paragraph" ? block.runs.filter((run) => run.bold === true) : [],
  );

describe("the work that emphasis makes", () => {
  it.each([
    "He said **no** and _left_ her. ",
    "snake_case and 2*3 ",
    "A [link](https://x.example), *so* on. ",
    "***all*** ",
  ])("is in proportion to a paragraph of “%s”", (part) =>
    expect(emphasisWork(line(part, 10_000))).toBeLessThan(200_000),
  );

  it.each(["*a ", "_a ", "**a ", "~~a ", "(*a ", "***a* ", "**a* b "])(
    "is the square of a line of “%s”, which nothing closes",
    (part) => {
      const [short, long] = [emphasisWork(line(part, 1_000)), emphasisWork(line(part, 10_000))];
      expect(long / short).toBeGreaterThan(80);
      expect(long).toBeGreaterThan(5_000_000);
    },
  );
});

describe("a long paragraph", () => {
  it("keeps all of its emphasis, also beside one that is taken as it is", () => {
    const honest = line("She did **not** answer, and he did not ask her again. ", 20_000);
    const hostile = line("*a ", 20_000);
    const count = honest.split("**not**").length - 1;
    expect(bold(honest)).toHaveLength(count);
    expect(bold(`${hostile}\n\n${honest}`)).toHaveLength(count);
  });

  it("loses no letter where it is taken as it is", () => {
    const [block] = readMarkdown(line("*a ", 20_000), () => null);
    const text = block?.kind === "paragraph" ? block.runs.map((run) => run.text).join("") : "";
    expect(text).toBe(line("*a ", 20_000).trim());
  });
});
