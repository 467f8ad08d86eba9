import { FORMATS, MAX_PAGES, POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { MODEL_NAMES, type ModelName } from "@/lib/contract/quote";
import { useKeptDraft } from "../../_components/studio/use-kept-draft";

/** The form as it was typed. */
export interface Draft {
  prompt: string;
  pages: string;
  model: ModelName;
  language: string;
  tone: string;
  pointOfView: "" | (typeof POINTS_OF_VIEW)[number];
  audience: string;
  format: (typeof FORMATS)[number];
  /** What was read of a file to draw on, and the name of that; empty where there is none. */
  material: string;
  materialName: string;
}

export const EMPTY_DRAFT: Draft = {
  prompt: "",
  pages: "3",
  model: "balanced",
  language: "",
  tone: "",
  pointOfView: "",
  audience: "",
  format: "prose",
  material: "",
  materialName: "",
};

/** The pages that were typed, or null where that is no number of pages. */
export function pagesOf({ pages }: Draft): number | null {
  const count = Number(pages);
  return /^\d{1,3}$/.test(pages.trim()) && count >= 1 && count <= MAX_PAGES ? count : null;
}

/** What was typed, kept in this tab for this person. */
export function useDraft(userId: string): [Draft, (change: Partial<Draft>) => void] {
  return useKeptDraft(`penora:draft:${userId}`, EMPTY_DRAFT, readDraft);
}

function readDraft(kept: Partial<Record<keyof Draft, unknown>>): Draft {
  const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
  const oneOf = <T extends string>(value: unknown, all: readonly T[], otherwise: T) =>
    all.find((one) => one === value) ?? otherwise;
  return {
    prompt: text(kept.prompt, ""),
    pages: text(kept.pages, EMPTY_DRAFT.pages),
    model: oneOf(kept.model, MODEL_NAMES, EMPTY_DRAFT.model),
    language: text(kept.language, ""),
    tone: text(kept.tone, ""),
    pointOfView: oneOf(kept.pointOfView, ["", ...POINTS_OF_VIEW], ""),
    audience: text(kept.audience, ""),
    format: oneOf(kept.format, FORMATS, "prose"),
    material: text(kept.material, ""),
    materialName: text(kept.materialName, ""),
  };
}
