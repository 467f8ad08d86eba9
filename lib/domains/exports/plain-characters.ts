import "server-only";

/** What no XML and no page may hold, and no font draws. */
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

/** A text of lines that end in `\n`, without characters that are none. */
export function toPlainCharacters(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, "\n")
    .replace(/[\u000b\u000c]/g, " ")
    .replace(NO_TEXT, "");
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", shy: "\u00ad" },
  ...{
    ndash: "–",
    mdash: "—",
    hellip: "…",
    middot: "·",
    bull: "•",
    copy: "©",
    reg: "®",
    trade: "™",
    euro: "€",
  },
  ...{
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    laquo: "«",
    raquo: "»",
    sect: "§",
    deg: "°",
    times: "×",
  },
};

/** Decodes the entities that editors write, and numbers; what is none of them stays as it was typed. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === "string") return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole;
    const number = typeof decimal === "string" ? Number(decimal) : parseInt(String(hex), 16);
    const sound = number > 0 && number <= 0x10ffff && !(number >= 0xd800 && number <= 0xdfff);
    return sound ? toPlainCharacters(String.fromCodePoint(number)) : "\ufffd";
  });
}
