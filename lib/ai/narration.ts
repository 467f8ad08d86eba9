import "server-only";
import type { PointOfView } from "@/lib/contract/prompt-input";
import type { Tense } from "@/lib/contract/story-input";

/** An apostrophe within a word ends no speech. */
const INSIDE = "(?:[^’'\\n]|[’'](?=\\p{L}))*";

/**
 * Speech, in all the ways that it is marked; a paragraph that begins with a dash is speech too. So is what is quoted as a whole
 * paragraph: a letter, a note, a thought in italics. Whoever wrote that says "I" and "is", whatever the story does.
 */
const SPEECH = new RegExp(
  [
    "“[^”\\n]*(?:”|$)",
    "”[^”\\n]*(?:”|$)",
    '"[^"\\n]*(?:"|$)',
    "«[^»\\n]*(?:»|$)",
    "»[^«\\n]*(?:«|$)",
    "„[^“”\\n]*(?:[“”]|$)",
    "‚[^‘’\\n]*[‘’]",
    `‘${INSIDE}(?:’|$)`,
    `(?<![\\p{L}\\p{N}])'(?=\\p{L})${INSIDE}'(?!\\p{L})`,
    "「[^」\\n]*(?:」|$)",
    "『[^』\\n]*(?:』|$)",
    "^\\s*[–—-]\\s?[^\\n]*",
    "^\\s*(?:>|[*_](?=\\S))[^\\n]*",
    "^\\s*(?:(?:My )?[Dd]ear(?:est)?|Ch(?:er|ère)s?|Liebe[rs]?|Querid[oa]s?|Car[oaie])\\s+\\p{Lu}[^\\n]*",
  ].join("|"),
  "gmu",
);

/** A text is looked at in stretches of so many words, each half over the one before, so that a change in its middle is found. */
const WINDOW = 200;
const STEP = WINDOW / 2;
/** In fewer words than these, nobody needs to say "I". */
const LONG_SILENCE = 150;

type Words = ReadonlySet<string>;
const set = (words: string): Words => new Set(words.split(" "));

const NONE: Words = new Set();

/**
 * Words that tell the person. Where pronouns may be left out, or "su" may be anybody's, nothing tells a third person; but who
 * says "me" and "mi" again and again outside of speech is telling of themself.
 */
const PRONOUNS: Record<string, Record<PointOfView, Words>> = {
  en: {
    "first person": set("i me my mine myself we us our ours ourselves i'm i'd i'll i've i’m i’d i’ll i’ve"),
    "second person": set("you your yours yourself you're you’re you’d you’ll you’ve"),
    "third person": set("he she him her his hers himself herself they them their theirs themselves"),
  },
  fr: {
    "first person": set("je me moi mon ma mes nous notre nos"),
    "second person": set("tu te toi ton ta tes vous votre vos"),
    "third person": set("il elle lui son sa ses ils elles eux leur leurs"),
  },
  de: {
    "first person": set("ich mich mir mein meine meinen meinem meiner wir uns unser unsere"),
    "second person": set("du dich dir dein deine deinen deinem deiner euch euer eure"),
    "third person": set("er sie ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner ihnen"),
  },
  es: {
    "first person": set("yo me mi mis mí conmigo nos nosotros nosotras nuestro nuestra nuestros nuestras"),
    "second person": set("tú te tu tus ti contigo vosotros vuestro vuestra"),
    "third person": NONE,
  },
  it: {
    "first person": set("io mi mio mia miei mie me noi nostro nostra nostri nostre"),
    "second person": set("tu ti tuo tua tuoi tue te voi vostro vostra vostri vostre"),
    "third person": NONE,
  },
  pt: {
    "first person": set("eu me mim meu minha meus minhas comigo nós nosso nossa nossos nossas"),
    "second person": set("tu te teu tua teus tuas contigo você vocês"),
    "third person": NONE,
  },
  nl: {
    "first person": set("ik mij me mijn wij we ons onze"),
    "second person": set("jij je jou jouw jullie"),
    "third person": NONE,
  },
  ru: {
    "first person": set(
      "я меня мне мной мой моя моё мое мои моего моей моему моим мы нас нам нами наш наша наши",
    ),
    "second person": set("ты тебя тебе тобой твой твоя твоё твое твои"),
    "third person": NONE,
  },
};

/** Frequent verbs whose forms are of one tense only. */
const VERBS: Record<string, Record<Tense, Words>> = {
  en: {
    past: set(
      "was were had did said went came saw knew felt thought took stood looked turned asked made gave found heard began seemed told kept held sat walked wanted ran left waited smiled wasn’t didn’t couldn’t wasn't didn't couldn't",
    ),
    present: set(
      "is are has does says goes comes sees knows feels thinks takes stands looks turns asks makes gives finds hears begins seems tells keeps holds sits walks wants runs leaves waits smiles isn’t doesn’t isn't doesn't am",
    ),
  },
  de: {
    past: set(
      "war waren hatte hatten sagte ging kam sah wusste dachte stand nahm fragte fand hielt saß lief wollte konnte musste gab wurde",
    ),
    present: set(
      "ist sind hat haben sagt geht kommt sieht weiß denkt steht nimmt fragt findet hält sitzt läuft will kann muss gibt wird",
    ),
  },
  es: {
    past: set(
      "era eran estaba estaban había habían fue fueron dijo tenía vio sabía hizo salió miró preguntó quería podía iba dio llegó",
    ),
    present: set(
      "es son está están hay dice tiene ve sabe hace sale mira pregunta quiere puede va da llega tienen",
    ),
  },
  fr: {
    past: set(
      "était étaient avait avaient faisait allait venait voyait savait voulait pouvait devait tenait semblait fut furent fit vit prit mit alla vint regarda demanda pensa entra sortit resta répondit descendit",
    ),
    present: set(
      "va vont vient voit sait veut peut doit tient semble prend met regarde demande pense entre sort reste répond descend lève marche attend",
    ),
  },
  it: {
    past: set(
      "era erano aveva avevano stava sapeva voleva poteva doveva faceva andava veniva disse andò venne vide prese mise guardò chiese pensò uscì entrò rimase rispose fu fece diede",
    ),
    present: set(
      "va vanno viene vede sa vuole può deve prende mette guarda chiede pensa esce entra rimane risponde dice sta tende scende cammina aspetta",
    ),
  },
};

export interface Slip<T> {
  found: T;
  /** Where it shows: the sentence's beginning. */
  examples: string[];
}

/** Where a text is told in another person than it should be; null where it is not, or the language says too little. */
export function personSlip(text: string, expected: PointOfView, language: string): Slip<PointOfView> | null {
  const pronouns = PRONOUNS[language];
  if (pronouns === undefined) return null;
  return slipOf(text, pronouns, (counts, words) => {
    const [first, second, third] = [counts["first person"], counts["second person"], counts["third person"]];
    const rate = (count: number) => count / words;
    if (expected !== "first person" && first >= 6 && rate(first) >= 0.025) return "first person";
    if (expected !== "second person" && second >= 6 && rate(second) >= 0.025) return "second person";
    // Who tells of themself may tell of others for a while.
    if (words < LONG_SILENCE) return null;
    const own = expected === "first person" ? first : second;
    return expected !== "third person" && own === 0 && third >= 8 && rate(third) >= 0.03
      ? "third person"
      : null;
  });
}

/** Where a text is told in another tense than it should be; null where it is not, or the language says too little. */
export function tenseSlip(text: string, expected: Tense, language: string): Slip<Tense> | null {
  const verbs = VERBS[language];
  if (verbs === undefined) return null;
  const other: Tense = expected === "past" ? "present" : "past";
  return slipOf(text, verbs, (counts) =>
    counts[other] >= 6 && counts[other] >= 3 * counts[expected] ? other : null,
  );
}

/** The first stretch of narration that `judge` finds fault with, and what in it shows the fault. */
function slipOf<T extends string>(
  text: string,
  table: Record<T, Words>,
  judge: (counts: Record<T, number>, words: number) => T | null,
): Slip<T> | null {
  const kinds = Object.keys(table) as T[]; // the table's own keys
  for (const sentences of windowsOf(text)) {
    const words = sentences.flatMap((sentence) => wordsOf(sentence));
    const counts = Object.fromEntries(
      kinds.map((kind) => [kind, words.filter((word) => table[kind].has(word)).length]),
    ) as Record<T, number>; // each kind has its count
    const found = judge(counts, words.length);
    if (found === null) continue;
    const showing = sentences.filter((sentence) => wordsOf(sentence).some((word) => table[found].has(word)));
    return { found, examples: showing.slice(0, 3) };
  }
  return null;
}

/** The sentences of the narration, without speech, in stretches, and its beginning and end alone. */
function windowsOf(text: string): string[][] {
  const sentences = (text.replace(SPEECH, " ").match(/[^.!?…\n]+[.!?…]*/g) ?? [])
    .map((one) => one.trim())
    .filter((one) => /\p{L}/u.test(one));
  const steps: string[][] = [];
  let words = STEP;
  for (const sentence of sentences) {
    if (words >= STEP) {
      steps.push([]);
      words = 0;
    }
    steps.at(-1)?.push(sentence);
    words += wordsOf(sentence).length;
  }
  const rest = steps.length > 1 && words < STEP / 2 ? steps.pop() : undefined;
  if (rest !== undefined) steps.at(-1)?.push(...rest);
  const pairs = steps.slice(1).map((step, at) => [...(steps[at] ?? []), ...step]);
  // What changes right at the beginning or the end would drown in what is beside it.
  return pairs.length === 0 ? steps : [...steps.slice(0, 1), ...pairs, ...steps.slice(-1)];
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}’']+/gu) ?? [];
}
