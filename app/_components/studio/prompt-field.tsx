import type { Ref } from "react";
import { Field } from "@/lib/ui/field";
import { figure } from "@/lib/ui/figure";
import { Textarea } from "@/lib/ui/textarea";

interface PromptFieldProps {
  label: string;
  value: string;
  maxCharacters: number;
  rows: number;
  placeholder: string;
  ref?: Ref<HTMLTextAreaElement>;
  onChange: (value: string) => void;
}

/** What is to be written about, with how long it is and may be. What is too long is kept, and said to be so. */
export function PromptField({ label, value, maxCharacters, onChange, ...area }: PromptFieldProps) {
  const tooLong = value.length - maxCharacters;
  return (
    <Field
      label={label}
      aside={`${figure(value.length)} / ${figure(maxCharacters)}`}
      error={tooLong > 0 ? `${figure(tooLong)} characters too many.` : undefined}
    >
      {(control) => (
        <Textarea
          {...control}
          {...area}
          written
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
