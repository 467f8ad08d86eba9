import { Field } from "./field";
import { Select } from "./select";

export interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  all: readonly T[];
  /** How a value is called on the page; without it, as it is. */
  inWords?: (value: T) => string;
  onChange: (value: T) => void;
}

/** One of some, in a select with its label. */
export function Choice<T extends string>({
  label,
  value,
  all,
  inWords = (one) => one,
  onChange,
}: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {(control) => (
        // The options are the values, so that nothing else can be chosen.
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {all.map((one) => (
            <option key={one} value={one}>
              {inWords(one)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
