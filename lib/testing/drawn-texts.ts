import fc from "fast-check";

/** A text with the words that must be found in every copy of it. */
export interface Written {
  readonly markdown: string;
  readonly words: readonly string[];
}

const word = fc.constantFrom(
  ...[
    "harbour",
    "don",
    "naïve",
    "Ωμέγα",
    "θάλασσα",
    "Лодка",
    "плывёт",
    "Straße",
    "œuvre",
    "ŷ",
    "fi",
    "office",
    "Ελλάδα",
  ],
  ...[
    "Ægir",
    "żółć",
    "Đạt",
    "Київ",
    "cafe\u0301",
    "ﬁn",
    "AVATAR",
    "To",
    "ж\u0301аба",
    "q\u0323\u0307",
    "waffle",
  ],
);
const words = fc.array(word, { minLength: 1, maxLength: 12 });
const plain = words.map((all): Written => ({ markdown: all.join(" "), words: all }));
const wrapped = (before: string, after: string) =>
  plain.map(({ markdown, words: all }): Written => ({
    markdown: `${before}${markdown}${after}`,
    words: all,
  }));
const inline = fc
  .array(
    fc.oneof(
      { arbitrary: plain, weight: 4 },
      ...[
        wrapped("**", "**"),
        wrapped("*", "*"),
        wrapped("~~", "~~"),
        wrapped("`", "`"),
        wrapped("***", "***"),
      ],
      ...[wrapped("[", "](https://example.org/a?b=c&d)"), wrapped("[", "](javascript:void)")],
      wrapped("**", "** (").map(({ markdown, words: all }) => ({ markdown: `${markdown})`, words: all })),
      fc.constant<Written>({ markdown: "<b>", words: ["b"] }),
      fc.constant<Written>({ markdown: "&amp; &lt;i&gt;", words: ["i"] }),
      fc.constant<Written>({ markdown: "— “…” 1,000.5 € ½ ©", words: [] }),
      fc.constant<Written>({ markdown: "a\u00a0b\tc\u2003d\u3000e", words: ["a", "b", "c", "d", "e"] }),
      fc.constant<Written>({ markdown: "well-known—so", words: ["well", "known", "so"] }),
      fc.constant<Written>({ markdown: "in\u200cvi\u2060si\u00adble", words: ["invisible"] }),
      fc.constant<Written>({ markdown: "x[^1] *y* **“z”**!", words: ["x", "y", "z"] }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => join(all, " "));

const join = (all: readonly Written[], between: string): Written => ({
  markdown: all.map(({ markdown }) => markdown).join(between),
  words: all.flatMap((one) => one.words),
});
const indented = ({ markdown, words: all }: Written, first: string, rest: string): Written => ({
  markdown: markdown
    .split("\n")
    .map((line, index) => (index === 0 ? first + line : line === "" ? "" : rest + line))
    .join("\n"),
  words: all,
});

const { block } = fc.letrec<{ block: Written; item: Written }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: "blocks" },
    inline,
    fc.array(inline, { minLength: 2, maxLength: 3 }).map((lines) => join(lines, "\n")),
    plain.map((one): Written => ({ ...one, markdown: `## ${one.markdown}` })),
    fc.constant<Written>({ markdown: "---", words: [] }),
    plain.map((one): Written => ({
      ...one,
      markdown: `\`\`\`\n${one.markdown}\n\n  ${one.markdown}\n\`\`\``,
      words: [...one.words, ...one.words],
    })),
    fc.array(plain, { minLength: 4, maxLength: 4 }).map(([a, b, c, d]): Written => ({
      markdown: `| ${a!.markdown} | ${b!.markdown} |\n| --- | :-: |\n| ${c!.markdown} | ${d!.markdown} |`,
      words: [a!, b!, c!, d!].flatMap((one) => one.words),
    })),
    fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) =>
      join(
        items.map((one) => indented(one, "- ", "  ")),
        "\n",
      ),
    ),
    fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) =>
      join(
        items.map((one) => indented(one, "1. ", "   ")),
        "\n",
      ),
    ),
    fc
      .array(tie("block"), { minLength: 1, maxLength: 2 })
      .map((all) => indented(join(all, "\n\n"), "> ", "> "))
      .map((one) => ({ ...one, markdown: one.markdown.replace(/^$/gm, ">") })),
  ),
  item: fc
    .tuple(inline, fc.array(tie("block"), { maxLength: 1 }))
    .map(([first, more]) => join([first, ...more], "\n\n")),
}));
/** Texts of every kind of block and look, nested, in the three scripts that our fonts draw. */
export const drawnTexts = fc.array(block, { minLength: 1, maxLength: 8 }).map((all) => join(all, "\n\n"));
