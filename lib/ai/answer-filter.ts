import "server-only";
import type { Brief } from "@/lib/ai/port";

/** What an answer that is no plain text may begin with; anything else is let through at once. */
const MAY_BE_TALK =
  /^(?:[#*`=_~-]|(?:sure|certainly|of course|absolutely|okay|ok|great|gladly|here|below|the following|i['’]|i (?:will|have|am|can|must|apolog)|sorry|unfortunately|as an?\b|my apolog|chapter|page|part|kapitel|seite|teil|chapitre|cap[íi]tulo|capitolo|глава|розділ|hoofdstuk|rozdzia|第|voici|hier |aqu|ecco|вот|以下|这是|これは|je suis|désol|en tant|es tut|als (?:ki|sprach)|lo siento|como (?:ia|modelo)|извините|простите|к сожалению|как (?:ии|языковая)|抱歉|对不起|作为|申し訳))/iu;
const ENOUGH_TO_TELL = 20;
const LONGEST_TALK = 400;

const NUMBER =
  "(?:\\d{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[一二三四五六七八九十百]+)";
const TITLES = [
  new RegExp(
    `^[#*_\\s]*(?:chapter|page|part|kapitel|seite|teil|chapitre|cap[íi]tulo|capitolo|глава|розділ|hoofdstuk|rozdzia[łl])\\s+${NUMBER}\\s*(?:[:.–—-]\\s*.{0,80})?[*_\\s]*$`,
    "iu",
  ),
  /^第\s*[\d一二三四五六七八九十百]{1,4}\s*[章回部页頁].{0,40}$/u,
  /^#{1,6}\s+\S.{0,100}$/u,
  /^\*\*[^*]{1,100}\*\*$/u,
];
const INTRODUCTIONS = [
  /^(?:(?:sure|certainly|of course|absolutely|okay|ok|great|gladly)\b[^\n]{0,60}?[,.!:–—-]\s*)?(?:here(?:['’]s| is| are)|below (?:is|are)|the following (?:is|are)|i['’](?:ll|ve)|i (?:will|have))\b[^\n]*\b(?:chapter|page|continuation|rewrite|rewritten|revised|version|draft|description|story|ideas?|titles|names|places|objects|conflicts)\b[^\n]*[:：]\**$/iu,
  /^(?:sure|certainly|of course|absolutely)\b[^\n]{0,20}[,.!]\s*(?:here|i['’]ll|i will|below)\b[^\n]*[:.!]$/iu,
  /^(?:voici|hier (?:ist|sind|kommt)|aqu[íi] (?:est[áa]|tienes|va)|ecco|вот|以下(?:是|は)|这是|これは).{0,120}?(?:chapitre|kapitel|cap[íi]tulo|capitolo|глав|章|suite|fortsetzung|continua|texte?|texto|testo|текст|文).{0,60}[:：]$/iu,
];
/** Around the text, not in it. */
const ORNAMENT = /^(?:```\w*|(?:[-*_=~]\s*){3,})$/u;

const REFUSALS = [
  /\bas an? (?:ai|artificial intelligence|large language model)\b(?: (?:language model|assistant)|[^.]{0,20}\bi(?:['’]m| am)? (?:can(?:no|['’])t|unable|not able|must decline|do not|don['’]t))/iu,
  /^(?:(?:i['’]m|i am) (?:really |very |so )?sorry|sorry|i apologi[sz]e|my apologies|unfortunately)?[,;.]?\s*(?:but )?\s*i(?:['’]m| am)? ?(?:can(?:no|['’])t|unable to|not able to|won['’]t be able to|must decline)[^.]{0,40}?\b(?:(?:assist|help)(?: you)? with (?:this|that|your)|comply|fulfil?l? (?:this|that|your)|(?:create|generate|produce|provide|write|continue|complete)(?: \w+){0,4} (?:content|request|material|story|chapter|response)|your request|this request|that request)/iu,
  /^(?:je suis )?désolée?[^.]{0,20}je ne (?:peux|suis)|^en tant qu[e'’] ?(?:ia|assistant|modèle|intelligence)/iu,
  /^es tut mir leid[^.]{0,30}(?:kann ich|ich kann)[^.]{0,80}(?:anfrage|inhalt|erstellen|helfen)|^als (?:ki|sprachmodell)\b/iu,
  /^lo siento[^.]{0,10}no puedo[^.]{0,80}(?:solicitud|contenido|ayudar|generar|crear)|^como (?:ia|modelo de (?:lenguaje|linguagem))/iu,
  /^(?:извините|простите|к сожалению)[^.]{0,20}я не могу[^.]{0,80}(?:помочь|запрос|создать|контент)|^как (?:ии|языковая модель)/iu,
  /^(?:作为|身为)(?:一个|一名)?(?:ai|人工智能|语言模型)|^(?:抱歉|对不起)[^。]{0,8}(?:无法|不能)[^。]{0,30}(?:请求|内容|帮助|提供|生成)|^申し訳[^。]{0,40}できません/iu,
];

/** What stands below a text and is not of it. */
const FAREWELL =
  /^(?:```|(?:[-*_~]\s*){3,}|[[(*_]{0,3}(?:end of (?:chapter|page|part)|word count)\b.*|[[(*_]{0,3}\d[\d,.]* words[\])*_.]{0,3}|(?:let me know|feel free|would you like|shall i|do you want me|if you(?:['’]d| would) like)\b.*\b(?:changes?|adjust|revis|continue|chapter|edit|tweak|feedback|further|version|write)\b.*|i hope (?:this|the) (?:meets|helps|captures|chapter|story|version)\b.*)$/iu;
const MAY_BE_FAREWELL =
  /^(?:[`\-*_~[(]|\d|(?:end of|word|let me|feel fr|would you|shall i|do you|if you|i hope)|(?:e|w|l|f|s|d|i)[a-z ]{0,9}$)/iu;

/**
 * Takes away what a model says about its text before and behind it ("Here is chapter 3:", "# Chapter 3", "Let me know …"),
 * and notices an answer that is a refusal in words. Answers that are JSON go through as they are.
 */
export class AnswerFilter {
  readonly #talks: boolean;
  readonly #titled: boolean;
  #begun = false;
  #held = "";
  #midLine = false;
  #refused = false;

  constructor(brief: Brief) {
    this.#talks = brief.kind === "page" || brief.kind === "chapter" || brief.kind === "tool";
    // A script has headings of its own; a tool's text may begin with one.
    this.#titled = brief.kind === "chapter" || (brief.kind === "page" && brief.format !== "script");
  }

  /** The model declined; nothing of its answer is text. */
  get refused(): boolean {
    return this.#refused;
  }

  /** The text that is known to be text. */
  push(chunk: string): string {
    if (!this.#talks) return chunk;
    this.#held += chunk;
    if (!this.#begun && !this.#begin(false)) return "";
    return this.#release(false);
  }

  /** What was held back, when the answer is at its end. */
  end(): string {
    if (!this.#begun && !this.#begin(true)) return "";
    return this.#release(true);
  }

  /** True as soon as what is held begins with text. */
  #begin(final: boolean): boolean {
    for (;;) {
      this.#held = this.#held.trimStart();
      const known = final || this.#held.length >= ENOUGH_TO_TELL || this.#held.includes("\n");
      if (!known || this.#held === "") return false;
      if (!MAY_BE_TALK.test(this.#held)) break;
      const lineEnd = this.#held.indexOf("\n");
      if (lineEnd === -1 && !final && this.#held.length < LONGEST_TALK) return false;
      if (REFUSALS.some((refusal) => refusal.test(this.#held.slice(0, LONGEST_TALK)))) {
        this.#refused = true;
        this.#held = "";
        return false;
      }
      const line = (lineEnd === -1 ? this.#held : this.#held.slice(0, lineEnd)).trim();
      if (!this.#isTalk(line)) break;
      this.#held = lineEnd === -1 ? "" : this.#held.slice(lineEnd + 1);
    }
    this.#begun = true;
    return true;
  }

  #isTalk(line: string): boolean {
    const kinds = [ORNAMENT, ...INTRODUCTIONS, ...(this.#titled ? TITLES : [])];
    return line.length <= LONGEST_TALK && kinds.some((kind) => kind.test(line));
  }

  /** Gives out everything but the last lines, as long as they may be a farewell. */
  #release(final: boolean): string {
    const lines = this.#held.split("\n");
    const first = this.#midLine ? 1 : 0;
    let keep = lines.length;
    while (keep > first && mayBelongBelow(lines[keep - 1] ?? "", keep < lines.length || final)) keep -= 1;
    const text = lines.slice(0, keep).join("\n") + (keep > 0 && keep < lines.length && !final ? "\n" : "");
    this.#held = final ? "" : lines.slice(keep).join("\n");
    if (text !== "") this.#midLine = !text.endsWith("\n");
    return text;
  }
}

function mayBelongBelow(line: string, complete: boolean): boolean {
  const bare = line.trim();
  return bare === "" || (complete ? FAREWELL.test(bare) : MAY_BE_FAREWELL.test(bare));
}
