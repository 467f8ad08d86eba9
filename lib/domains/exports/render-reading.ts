import "server-only";
import { type Rendered, renderFile, type RenderJob } from "./render-file";
import { renderAside } from "./render-pool";

interface Text {
  readonly code: string;
  readonly title: string;
  readonly content: string;
  readonly version: number;
  readonly user_id: string;
}

/** What this process keeps of texts that are read: the last ones, so that a guest costs the work once. */
const KEPT_CHARACTERS = 8 * 1_048_576;
/** Up to here a text is made right away: handing it to a thread would take longer. */
const SMALL_CHARACTERS = 20_000;

const kept = new Map<string, string>();
let keptCharacters = 0;

/** A text as markup that is safe in a page of ours, its pictures at `pictureBase`. Made once for each version. */
export async function renderReading(text: Text, pictureBase: string): Promise<string> {
  const key = `${text.code} ${text.version} ${pictureBase}`;
  const known = kept.get(key);
  if (known !== undefined) {
    keep(key, known);
    return known;
  }
  const { code, title, content } = text;
  const rest = { projectType: "text", author: "", label: null, language: null, changedAt: "", pictures: {} };
  const job: RenderJob = {
    manuscript: { code, title, content, ...rest },
    format: "reading",
    name: pictureBase,
    fontDir: null,
  };
  const made: Rendered = await (content.length <= SMALL_CHARACTERS
    ? renderFile(job)
    : renderAside(text.user_id, job));
  const markup = made.kind === "file" ? new TextDecoder().decode(made.bytes) : "";
  keep(key, markup);
  return markup;
}

/** Puts it last; the first go when there are too many. */
function keep(key: string, markup: string): void {
  forget(key);
  kept.set(key, markup);
  keptCharacters += markup.length;
  for (const [oldest] of kept) {
    if (keptCharacters <= KEPT_CHARACTERS) return;
    forget(oldest);
  }
}

function forget(key: string): void {
  keptCharacters -= kept.get(key)?.length ?? 0;
  kept.delete(key);
}
