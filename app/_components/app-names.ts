const NAMES: Readonly<Record<string, string>> = {
  penora: "Penora",
  imagegene: "ImageGene",
  system: "sukusuku.ai",
};

/** An app as people call it. */
export function appTitle(appName: string): string {
  return NAMES[appName] ?? appName.charAt(0).toUpperCase() + appName.slice(1);
}
