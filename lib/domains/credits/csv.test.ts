import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "./csv";

/** Reads CSV as RFC 4180 says. */
function parse(text: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1)!;
    const character = text[i]!;
    if (quoted && character === '"' && text[i + 1] === '"') row.push(`${row.pop() ?? ""}${text[i++] ?? ""}`);
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") row.push("");
    else if (!quoted && text.startsWith("\r\n", i)) {
      rows.push([""]);
      i++;
    } else row.push(`${row.pop() ?? ""}${character}`);
  }
  expect(rows.pop()).toEqual([""]);
  return rows;
}

describe("a line of CSV", () => {
  it("keeps numbers as numbers and quotes only what needs it", () => {
    expect(csvLine([-5, 12, null, "plain", 'a "b", c', "two\nlines", " spaced"])).toBe(
      '-5,12,,plain,"a ""b"", c","two\nlines"," spaced"\r\n',
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1", '=HYPERLINK("x")'])(
    "never lets %j be a formula",
    (text) => {
      const [[field = ""] = []] = parse(csvLine([text]));
      expect(field).toBe(`'${text}`);
    },
  );

  it("comes back as it was, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 4 })),
        (rows) => {
          const back = parse(rows.map(csvLine).join(""));
          expect(back.map((row) => row.map((field) => field.replace(/^'/, "")))).toEqual(
            rows.map((row) => row.map((field) => field.replace(/^'/, ""))),
          );
        },
      ),
    );
  });
});
