import "server-only";

type Script =
  "latin" | "cyrillic" | "greek" | "hebrew" | "arabic" | "devanagari" | "thai" | "hangul" | "kana" | "han";

export interface Language {
  code: string;
  /** In English, for a message. */
  name: string;
  script: Script;
}

interface KnownLanguage extends Language {
  /** What people call it, in lower case. */
  called: RegExp;
  /** Its most frequent words, where others share its script. */
  smallWords?: ReadonlySet<string>;
}

const known = (
  code: string,
  name: string,
  script: Script,
  called: RegExp,
  words?: string,
): KnownLanguage => ({
  code,
  name,
  script,
  called,
  ...(words === undefined ? {} : { smallWords: new Set(words.split(" ")) }),
});

/** Languages that can be told apart by their letters and small words. Of any other, nothing is said. */
const LANGUAGES: readonly KnownLanguage[] = [
  known(
    "en",
    "English",
    "latin",
    /\benglish|^en$/,
    "the and of to a in that was it he she his her with for as had on at not be is but they you from were by this have which all one there would their what so if out into up no been when him them my me said an we or are",
  ),
  known(
    "fr",
    "French",
    "latin",
    /french|fran[çc]ais/,
    "le la les de des du un une et est que qui dans en il elle ne pas pour sur au avec ce se son sa ses était par plus je nous vous mais comme lui leur avait aux cette tout sans où elles ils",
  ),
  known(
    "de",
    "German",
    "latin",
    /\bgerman|deutsch/,
    "der die das und ist nicht ein eine in den dem zu mit von sich auf für im als es er sie ich war hatte auch an aus noch wie nach bei nur über wenn doch so ihr ihm ihre seine einen einer des sein wurde",
  ),
  known(
    "es",
    "Spanish",
    "latin",
    /spanish|español|castellano/,
    "el la los las de del un una y es que en no se por con su para como lo al más pero sus le ya o este sí porque esta cuando había era muy sin sobre también me hasta donde él ella todo",
  ),
  known(
    "it",
    "Italian",
    "latin",
    /italian/,
    "il lo la i gli le di del della un una e è che in non si per con su come da al ma suo sua più anche era aveva nel alla dei delle lui lei ci questo quando dal sono ho tutto",
  ),
  known(
    "pt",
    "Portuguese",
    "latin",
    /portugu/,
    "o a os as de do da dos das um uma e é que em não se por com seu sua para como no na mais mas ao ele ela já era tinha foi quando muito pelo pela também até isso nos sem eu",
  ),
  known(
    "nl",
    "Dutch",
    "latin",
    /dutch|nederlands|flemish/,
    "de het een en van ik te dat die in is niet hij zij ze op met voor was als aan er maar om zijn haar had ook naar uit dan nog bij zo door over je wat werd wel",
  ),
  known(
    "sv",
    "Swedish",
    "latin",
    /swedish|svenska/,
    "och att det i en jag hon han som på är av för med till den inte var sig om ett men hade de från vid så när nu sin ut kunde över mot upp bara efter",
  ),
  known(
    "da",
    "Danish",
    "latin",
    /danish|dansk/,
    "og at det i en jeg hun han som på er af for med til den ikke var sig om et men havde de fra ved så når nu sin ud kunne over mod op kun efter",
  ),
  known(
    "no",
    "Norwegian",
    "latin",
    /norwegian|norsk|bokm[åa]l/,
    "og at det i en jeg hun han som på er av for med til den ikke var seg om et men hadde de fra ved så når nå sin ut kunne over mot opp bare etter",
  ),
  known(
    "pl",
    "Polish",
    "latin",
    /polish|polski/,
    "i w na z do się nie to że jest był była o po jak ale co od za przez tym jego jej już tylko przed tak dla kiedy by pod go ją nad gdy bo",
  ),
  known(
    "cs",
    "Czech",
    "latin",
    /czech|česk[yý]|čeština/,
    "a v na se je že to s z do i o k po byl byla jako ale za jeho když by už jen jeho její pro od tak ve co nebo před pod si mu",
  ),
  known(
    "tr",
    "Turkish",
    "latin",
    /turkish|türkçe/,
    "ve bir bu da de için ile o ama gibi daha çok ne kadar sonra olarak var mi onu ona ki her şey değil en beni bana onun ben sen",
  ),
  known(
    "id",
    "Indonesian",
    "latin",
    /indonesian|bahasa/,
    "yang dan di ke dari itu ini dengan untuk tidak ia dia pada akan adalah dalam sudah telah seperti saya mereka ada oleh juga kami lagi karena",
  ),
  known(
    "vi",
    "Vietnamese",
    "latin",
    /vietnamese|tiếng việt/,
    "và của là có không một trong cho những được người đã với các khi đến như ở ra anh cô ông này đó vào lại thì",
  ),
  known(
    "ru",
    "Russian",
    "cyrillic",
    /russian|русск/,
    "и в не на что он она с как это по но к из у за от его её ее был была было так же все всё для бы только ещё еще уже когда если или ни они мне",
  ),
  known(
    "uk",
    "Ukrainian",
    "cyrillic",
    /ukrainian|українськ/,
    "і в не на що він вона з як це по але до із у за від його її був була було так же все для би тільки ще вже коли якщо або ні вони мені та й",
  ),
  known(
    "bg",
    "Bulgarian",
    "cyrillic",
    /bulgarian|българск/,
    "и в не на че той тя с като това по но към от за се да е беше са го му си ще ли до при след само още вече когато ако или",
  ),
  known("el", "Greek", "greek", /greek|ελληνικ/),
  known("he", "Hebrew", "hebrew", /hebrew|עברית/),
  known("ar", "Arabic", "arabic", /arabic|عرب/),
  known("fa", "Persian", "arabic", /persian|farsi|فارسی/),
  known("ur", "Urdu", "arabic", /urdu|اردو/),
  known("hi", "Hindi", "devanagari", /hindi|हिन्दी|हिंदी/),
  known("th", "Thai", "thai", /\bthai\b|ไทย/),
  known("ko", "Korean", "hangul", /korean|한국어/),
  known("ja", "Japanese", "kana", /japanese|日本語/),
  known("zh", "Chinese", "han", /chinese|mandarin|cantonese|中文|汉语|漢語/),
];

const LETTERS: readonly [Script, RegExp][] = [
  ["latin", /\p{Script=Latin}/gu],
  ["cyrillic", /\p{Script=Cyrillic}/gu],
  ["greek", /\p{Script=Greek}/gu],
  ["hebrew", /\p{Script=Hebrew}/gu],
  ["arabic", /\p{Script=Arabic}/gu],
  ["devanagari", /\p{Script=Devanagari}/gu],
  ["thai", /\p{Script=Thai}/gu],
  ["hangul", /\p{Script=Hangul}/gu],
  ["kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["han", /\p{Script=Han}/gu],
];

/** Enough of a text to know its language. */
const SAMPLE = 12_000;
const LEAST_WORDS = 30;
const LEAST_LETTERS = 40;
/** Of ordinary prose, so many words at least are small ones; of names and lists fewer. */
const LEAST_SHARE = 0.15;
/** The runner-up has at most so much of the best one's share, or nobody can say. */
const CLEAR = 0.75;

/** The language that a person's own words name, or null. */
export function languageNamed(name: string | undefined): Language | null {
  const asked = name?.toLowerCase() ?? "";
  return asked === "" ? null : (LANGUAGES.find(({ called }) => called.test(asked)) ?? null);
}

/** The language of a text, or null where it is too short or could be several. */
export function languageOf(text: string): Language | null {
  const script = scriptOf(text);
  if (script === null) return null;
  const candidates = LANGUAGES.filter((language) => language.script === script);
  const [only] = candidates;
  if (only?.smallWords === undefined) return candidates.length === 1 ? (only ?? null) : null;
  const scores = candidates
    .map((language) => ({ language, share: shareOf(language, text) }))
    .sort((a, b) => b.share - a.share);
  const [best, next] = scores;
  if (best === undefined || best.share < LEAST_SHARE || (next?.share ?? 0) > best.share * CLEAR) return null;
  return best.language;
}

/**
 * The language of a text that was to be in another one, or null: also where it can't be told. Related languages are told
 * apart only where the text clearly is the other one.
 */
export function wrongLanguage(text: string, asked: Language | null): Language | null {
  if (asked === null) return null;
  const script = scriptOf(text);
  if (script === null) return null;
  const found = languageOf(text);
  // Japanese without kana is no Japanese, but a few lines may have none.
  if (script !== asked.script) return found?.code === asked.code ? null : (found ?? nameless(script));
  if (found === null || found.code === asked.code) return null;
  const expected = LANGUAGES.find(({ code }) => code === asked.code);
  return expected !== undefined && shareOf(expected, text) < shareOf(found, text) / 2 ? found : null;
}

function nameless(script: Script): Language {
  return { code: script, name: "another language", script };
}

/** The script of most letters, or null for too few of them or a mixture. */
function scriptOf(text: string): Script | null {
  const sample = text.slice(0, SAMPLE);
  const counts = LETTERS.map(([script, letters]) => ({ script, count: sample.match(letters)?.length ?? 0 }));
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const of = (script: Script) => counts.find((one) => one.script === script)?.count ?? 0;
  if (all < LEAST_LETTERS) return null;
  const [han, kana] = [of("han"), of("kana")];
  if (han + kana > all * 0.6) return kana > (han + kana) * 0.05 ? "kana" : "han";
  return counts.find(({ count }) => count > all * 0.6)?.script ?? null;
}

function shareOf(language: Language, text: string): number {
  const { smallWords } = LANGUAGES.find(({ code }) => code === language.code) ?? {};
  const words =
    text
      .slice(0, SAMPLE)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  if (smallWords === undefined || words.length < LEAST_WORDS) return 0;
  return words.filter((word) => smallWords.has(word)).length / words.length;
}
