const WORDS = "the of coin purse paper ink letter morning harbour window quiet page story river".split(" ");

/** Text of about that many bytes, another one each time from where it begins. */
export function content(sizeBytes: number): string {
  const begin = Math.floor(Math.random() * WORDS.length);
  return `${Math.random()} `.concat(long.slice(begin, begin + sizeBytes - 20));
}

const long = Array.from({ length: 25_000 }, () => WORDS[Math.floor(Math.random() * WORDS.length)]).join(" ");
