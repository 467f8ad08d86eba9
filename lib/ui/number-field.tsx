import { Field } from "./field";
import { Input } from "./input";

export interface NumberFieldProps {
  label: string;
  hint: string;
  /** What is wrong with what was typed; null where nothing is. */
  error: string | null;
  min: number;
  max: number;
  step?: number;
  /** As it was typed: it may be no number yet. */
  value: string;
  onChange: (value: string) => void;
}

/** A whole number that is typed. */
export function NumberField({ label, hint, error, onChange, ...input }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          {...input}
          type="number"
          inputMode="numeric"
          onChange={(event) => onChange(event.target.value)}
          className="tabular-nums"
        />
      )}
    </Field>
  );
}
