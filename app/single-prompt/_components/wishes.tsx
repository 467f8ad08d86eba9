import { ChevronRight } from "lucide-react";
import { FORMATS, POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Select } from "@/lib/ui/select";
import { type Draft, EMPTY_DRAFT } from "./use-draft";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What may be wished for beside the prompt; folded away until somebody wants it. */
export function Wishes({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { format, language, tone, pointOfView, audience } = draft;
  const wished = [
    format === EMPTY_DRAFT.format ? "" : capital(format),
    language,
    tone,
    pointOfView,
    audience,
  ].filter((wish) => wish.trim() !== "");
  return (
    <details className="group border-y border-line">
      <summary className="flex list-none items-center gap-2 py-3 text-sm font-medium text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 text-faint transition-transform duration-100 group-open:rotate-90"
        />
        Form, language and tone
        <span className="min-w-0 truncate font-normal text-faint">
          {wished.length === 0 ? "optional" : wished.join(", ")}
        </span>
      </summary>
      <div className="grid gap-x-6 gap-y-5 pt-2 pb-6 sm:grid-cols-2">
        <Field label="Form">
          {(control) => (
            <Select
              {...control}
              value={format}
              onChange={(event) => change({ format: event.target.value as Draft["format"] })}
            >
              {FORMATS.map((one) => (
                <option key={one} value={one}>
                  {capital(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Point of view">
          {(control) => (
            <Select
              {...control}
              value={pointOfView}
              onChange={(event) => change({ pointOfView: event.target.value as Draft["pointOfView"] })}
            >
              <option value="">As it suits</option>
              {POINTS_OF_VIEW.map((one) => (
                <option key={one} value={one}>
                  {capital(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Language">
          {(control) => (
            <Input
              {...control}
              value={language}
              maxLength={60}
              onChange={(event) => change({ language: event.target.value })}
              placeholder="That of the prompt"
            />
          )}
        </Field>
        <Field label="Tone">
          {(control) => (
            <Input
              {...control}
              value={tone}
              maxLength={80}
              onChange={(event) => change({ tone: event.target.value })}
              placeholder="Dry and warm"
            />
          )}
        </Field>
        <Field label="Readers" className="sm:col-span-2">
          {(control) => (
            <Input
              {...control}
              value={audience}
              maxLength={120}
              onChange={(event) => change({ audience: event.target.value })}
              placeholder="People who have never been to sea"
            />
          )}
        </Field>
      </div>
    </details>
  );
}
