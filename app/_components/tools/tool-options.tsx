import {
  BRAINSTORM_KINDS,
  DESCRIBE_SENSES,
  MAX_IDEAS,
  MAX_VARIANTS,
  REWRITE_STYLES,
  WRITE_MODES,
} from "@/lib/contract/tool-input";
import { Choice } from "@/lib/ui/choice";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Segmented } from "@/lib/ui/segmented";
import type { ToolDraft } from "./tool-draft";
import { KIND_WORDS, MODE_WORDS, SENSE_WORDS, STYLE_WORDS } from "./tool-words";

interface ToolOptionsProps {
  draft: ToolDraft;
  change: (part: Partial<ToolDraft>) => void;
}

const LENGTHS = [
  { value: "100", label: "Short", note: "100 words" },
  { value: "200", label: "Medium", note: "200 words" },
  { value: "400", label: "Long", note: "400 words" },
] as const;

/** What each tool can be told, and nothing of the others: side by side where there is room. */
export function ToolOptions(props: ToolOptionsProps) {
  return (
    <div className="@container">
      <OptionsOfTool {...props} />
    </div>
  );
}

function OptionsOfTool({ draft, change }: ToolOptionsProps) {
  switch (draft.tool) {
    case "write":
      return (
        <div className="grid gap-x-8 gap-y-6 @sm:grid-cols-[minmax(0,1fr)_auto]">
          <Choice
            label="Mood"
            value={draft.mode}
            all={WRITE_MODES}
            inWords={(one) => MODE_WORDS[one]}
            onChange={(mode) => change({ mode })}
          />
          <Segmented
            legend="Variants"
            value={String(draft.variants)}
            onChange={(value) => change({ variants: Number(value) })}
            options={numbers(MAX_VARIANTS).map((value) => ({ value, label: value }))}
          />
          <div className="@sm:col-span-2">
            <Segmented
              legend="Length"
              wide
              value={String(draft.words)}
              onChange={(value) => change({ words: Number(value) })}
              options={LENGTHS}
            />
          </div>
        </div>
      );
    case "rewrite":
      return (
        <Choice
          label="How"
          value={draft.style}
          all={REWRITE_STYLES}
          inWords={(one) => STYLE_WORDS[one]}
          onChange={(style) => change({ style })}
        />
      );
    case "describe":
      return (
        <div className="grid gap-6 @sm:grid-cols-2">
          <Choice
            label="Sense"
            value={draft.sense}
            all={DESCRIBE_SENSES}
            inWords={(one) => SENSE_WORDS[one]}
            onChange={(sense) => change({ sense })}
          />
          <Field label="Feeling" aside="optional">
            {(control) => (
              <Input
                {...control}
                value={draft.emotion}
                maxLength={60}
                onChange={(event) => change({ emotion: event.target.value })}
                placeholder="homesickness"
              />
            )}
          </Field>
        </div>
      );
    case "brainstorm":
      return (
        <div className="grid gap-6 @sm:grid-cols-[minmax(0,1fr)_8rem]">
          <Choice
            label="Ideas for"
            value={draft.kind}
            all={BRAINSTORM_KINDS}
            inWords={(one) => KIND_WORDS[one]}
            onChange={(kind) => change({ kind })}
          />
          <Choice
            label="How many"
            value={String(draft.count)}
            all={numbers(MAX_IDEAS)}
            onChange={(count) => change({ count: Number(count) })}
          />
        </div>
      );
  }
}

function numbers(most: number): string[] {
  return Array.from({ length: most }, (_, at) => String(at + 1));
}
