import type { ReactNode } from "react";
import { MODEL_NAMES, type ModelName } from "@/lib/contract/quote";
import { Segmented } from "@/lib/ui/segmented";

/** How the models are called on the page. */
export const MODEL_WORDS: Record<ModelName, string> = {
  creative: "Creative",
  balanced: "Balanced",
  fast: "Fast",
};

interface ModelChoiceProps {
  value: ModelName;
  onChange: (model: ModelName) => void;
  /** What stands below each name: what it costs. */
  note?: (model: ModelName) => ReactNode;
}

/** The model that is to write. */
export function ModelChoice({ value, onChange, note }: ModelChoiceProps) {
  return (
    <Segmented
      legend="Model"
      wide
      value={value}
      onChange={onChange}
      options={MODEL_NAMES.map((name) => ({ value: name, label: MODEL_WORDS[name], note: note?.(name) }))}
    />
  );
}
