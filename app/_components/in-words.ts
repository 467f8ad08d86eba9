import { isPictureType } from "@/lib/contract/picture";
import { MEGABYTE } from "@/lib/contract/storage";
import type { Project } from "@/lib/contract/workspace";
import { figure } from "@/lib/ui/figure";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** The day of a time, in UTC as all times here are. */
export function dayInWords(timestamp: string): string {
  return day.format(new Date(timestamp));
}

/** A size that tells small ones apart: in bytes, kB or MB. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  if (bytes < 100 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return bytes < MEGABYTE ? `${Math.round(bytes / 1024)} kB` : `${(bytes / MEGABYTE).toFixed(2)} MB`;
}

/** How long a text is; a picture has no words. */
export function lengthInWords(project: Project): string {
  if (isPictureType(project.project_type)) return "–";
  return countInWords(project.word_count, "word");
}

export function countInWords(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${figure(count)} ${thing}s`;
}

/** What kind of thing a project is, as its app named it: `ai_image` is a picture. */
export function kindInWords(projectType: string): string {
  if (isPictureType(projectType)) return "Picture";
  const words = projectType.replace(/[_-]+/g, " ").trim();
  return capital(words);
}

/** With a capital at its beginning: "Prose". */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title that can be seen and clicked, also where an app saved only spaces. */
export function shownTitle(title: string): string {
  return title.trim() === "" ? "Untitled" : title;
}
