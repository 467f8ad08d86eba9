import { capital } from "./in-words";

const NAMES: Readonly<Record<string, string>> = {
  penora: "Penora",
  imagegene: "ImageGene",
  system: "sukusuku.ai",
};

/** An app as people call it. */
export function appTitle(appName: string): string {
  return NAMES[appName] ?? capital(appName);
}
