import { describe, expect, it } from "vitest";
import { checkChapter, unusableBecause, type ChapterToCheck } from "@/lib/ai/chapter-checks";
import type { StoryIdea } from "@/lib/contract/story-input";
import { outlineFor, STORY_BIBLE, storyIdeaOf } from "@/lib/testing/stories";

const PAST =
  "Ada walked to the lamp and looked at the sea. She knew that Bram was late. He had taken the boat at noon, and the tide had turned since then. She wiped the glass, counted the oil, and wrote the hour in the book, as she did every night. The wind came from the west. It brought rain, and with the rain the sound of the bell on the reef. She thought of the letter. ";

function chapter(
  text: string,
  more: Partial<ChapterToCheck> = {},
  idea: Partial<StoryIdea> = {},
): ChapterToCheck {
  return {
    idea: storyIdeaOf(idea),
    bible: STORY_BIBLE,
    outline: outlineFor(5),
    chapterNumber: 2,
    text,
    earlier: [],
    ...more,
  };
}

const kinds = (of: ChapterToCheck) => checkChapter(of).map(({ kind }) => kind);
const examples = (of: ChapterToCheck) => checkChapter(of).flatMap((warning) => warning.examples);

/** Words that follow no order and come again by chance only. */
function noise(words: number, seed: number): string {
  let state = seed;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `w${(state >>> 8) % 900}`;
  }).join(" ");
}

describe("checkChapter", () => {
  it("has nothing to say of a chapter that keeps to everything", () => {
    expect(checkChapter(chapter(PAST.repeat(3)))).toEqual([]);
  });

  describe("names", () => {
    it("names those that stand in neither bible, outline nor an earlier chapter, once each", () => {
      const text = `${PAST}Then she saw Holt, and behind Holt came Bram with Mrs Quill and old Teodora’s dog. In May the I of the story met Ada.`;
      expect(checkChapter(chapter(text))).toEqual([
        {
          kind: "unknown_names",
          message: "2 names are new: in neither the bible, the outline nor an earlier chapter.",
          examples: ["Holt", "Teodora"],
        },
      ]);
      expect(kinds(chapter(text, { earlier: ["Holt knew Teodora."] }))).toEqual([]);
    });

    it("takes no word for a name that begins a sentence or speech, or is written small elsewhere", () => {
      const text = `${PAST}Yesterday it rained. “Tomorrow it stops,” said the Keeper. A keeper is never wrong.`;
      expect(kinds(chapter(text))).toEqual([]);
    });

    it("knows names in another case of an inflected language", () => {
      const russian =
        "Он видел, как она шла к морю, и не сказал ей ни слова. Потом он пошёл за Адой и Брамом. ";
      const known = { earlier: ["Ада и Брам."], bible: null };
      expect(kinds(chapter(russian.repeat(6), known, { language: "Russian" }))).toEqual([]);
      expect(
        examples(chapter(`${russian.repeat(6)}Там был и Теодор.`, known, { language: "Russian" })),
      ).toEqual(["Теодор"]);
    });

    it.each([
      [
        "German",
        "Sie ging mit dem Eimer in das Haus und sah den Mann auf der Treppe, der nicht für sie da war. ",
      ],
      ["Japanese", "彼女は灯台に上り、海を見た。彼は来なかった。ランプが消えた。"],
      ["Arabic", "ذهبت إلى المنارة ورأت البحر ولم يكن هناك أحد في تلك الليلة. "],
    ])("says nothing where the language has no capitals for names alone (%s)", (language, text) => {
      expect(kinds(chapter(text.repeat(8), {}, { language }))).toEqual([]);
    });
  });

  describe("point of view", () => {
    const first =
      "I walked to the lamp and wiped my glass, and I knew that nobody but me would see it. ".repeat(6);

    it("that changes in the middle is seen", () => {
      const [warning] = checkChapter(chapter(PAST.repeat(4) + first));
      expect(warning).toMatchObject({ kind: "point_of_view" });
      expect(warning?.message).toContain("first person; the story is in the third person");
      expect(warning?.examples[0]).toContain("I walked");
    });

    it("is not judged by what people say", () => {
      const speech =
        "“I know my lamp, and I tell you that I shall keep it for me and mine.” She nodded. ".repeat(8);
      expect(kinds(chapter(PAST + speech))).toEqual([]);
    });

    it("is right where the story asks for it", () => {
      expect(kinds(chapter(first.repeat(2), {}, { point_of_view: "first person" }))).toEqual([]);
      expect(kinds(chapter(PAST.repeat(3), {}, { point_of_view: "first person" }))).toEqual([
        "point_of_view",
      ]);
    });

    it("is not judged where pronouns may be left out", () => {
      const spanish =
        "Fue a la torre y miró el mar. No vio a nadie. Sabía que era tarde y que el barco no venía. ";
      expect(
        kinds(chapter(spanish.repeat(8), {}, { point_of_view: "first person", language: "Spanish" })),
      ).toEqual([]);
    });
  });

  it("sees a tense that changes, outside of speech", () => {
    const present = "Ada goes to the lamp and looks at the sea, and she knows that Bram is late. ".repeat(8);
    expect(kinds(chapter(PAST.repeat(3) + present))).toEqual(["tense"]);
    expect(kinds(chapter(present, {}, { tense: "present" }))).toEqual([]);
    expect(
      kinds(chapter(PAST + `“It is late,” said Bram. “She goes and he stands and looks.” `.repeat(9))),
    ).toEqual([]);
  });

  describe("repetition", () => {
    it("of 8 % of the six-word runs is seen, with the passages; of less it is not", () => {
      const before = noise(1_000, 7);
      const copied = (words: number) =>
        `${noise(1_000 - words, 99)} ${before
          .split(" ")
          .slice(100, 100 + words)
          .join(" ")}`;
      const share = (words: number) => kinds(chapter(copied(words), { earlier: ["", before] }));
      expect(share(60)).toEqual([]);
      expect(share(100)).toEqual(["repetition"]);
      expect(examples(chapter(copied(100), { earlier: [before] }))[0]).toContain(
        before.split(" ").slice(100, 106).join(" "),
      );
    });

    it("of chapter 1 as a whole has a name of its own", () => {
      expect(kinds(chapter(`${PAST}Then it was over.`, { earlier: [PAST, "Short."] }))).toEqual([
        "same_as_first",
      ]);
    });

    it("is found in a script without spaces", () => {
      const text = "彼女は灯台に上り、海を見た。手紙は引き出しの中にあり、誰もそれを読まなかった。";
      expect(kinds(chapter(text, { earlier: [text] }, { language: "Japanese" }))).toEqual(["same_as_first"]);
    });

    it("reads 39 chapters of 2,500 words once, whatever stands in them", () => {
      const earlier = Array.from({ length: 39 }, (_, at) => noise(2_500, at + 1));
      expect(kinds(chapter(noise(2_500, 77), { earlier }))).toEqual([]);
      expect(
        kinds(
          chapter("the same six words again and ".repeat(400), {
            earlier: ["the same six words again and ".repeat(400)],
          }),
        ),
      ).toEqual(["same_as_first"]);
    });
  });
});

describe("unusableBecause", () => {
  const because = (text: string, more: Partial<ChapterToCheck> = {}, idea: Partial<StoryIdea> = {}) =>
    unusableBecause(chapter(text, more, idea));

  it("names the chapter that was repeated", () => {
    expect(because(PAST, { earlier: [PAST] })).toBe(
      "The model repeated chapter 1 instead of writing this one.",
    );
    expect(because(PAST, { earlier: ["Another one.", PAST] })).toContain("chapter 2");
    expect(because(PAST, { earlier: ["Another one."] })).toBeNull();
  });

  const GERMAN =
    "Sie ging zu der Lampe und sah auf das Meer. Sie wusste, dass er nicht kam, und sie schrieb die Stunde in das Buch, wie sie es immer tat. Der Wind kam aus dem Westen und mit ihm war der Regen. ";
  const FRENCH =
    "Elle est montée dans la tour et elle a regardé la mer. Il ne venait pas, et elle le savait. Le vent était dans les arbres et la pluie tombait sur le toit de la maison, comme tous les soirs. ";
  const PORTUGUESE =
    "Ela foi até o farol e olhou para o mar. Ele não vinha e ela já sabia que era tarde. O vento era do oeste e com ele vinha a chuva, como em todas as noites, e a casa era muito fria. ";
  const CHINESE =
    "她走到灯塔上，看着大海。他没有来。风从西边吹来，带来了雨。她写下了时间，像每天晚上一样，然后吹灭了灯。她想起了那封信。";

  it.each([
    ["French", GERMAN, "German"],
    ["français", PAST, "English"],
    ["Deutsch", FRENCH, "French"],
    ["English", CHINESE, "Chinese"],
    ["Japanese", PAST, "English"],
    ["Russian", FRENCH, "French"],
  ])("sees that a chapter in %s was answered in another language (%#)", (language, text, found) => {
    expect(because(text, {}, { language })).toBe(`The model answered in ${found} instead of ${language}.`);
  });

  it.each([
    ["French", FRENCH],
    ["German", GERMAN],
    ["Brazilian Portuguese", PORTUGUESE],
    ["Mandarin", CHINESE],
    ["Klingon", PAST],
    ["Galician", PORTUGUESE],
    ["English", "Ada. Bram. Skerry."],
    [undefined, PAST],
  ])("says nothing of %s where it is right or can't be told (%#)", (language, text) => {
    expect(because(text, {}, { language })).toBeNull();
  });

  it("takes the premise's language where none was asked for", () => {
    expect(because(PAST, {}, { premise: GERMAN })).toContain("English instead of German");
  });
});
