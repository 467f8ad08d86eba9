import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { classNames } from "./class-names";

/** What a control must be given so that its label, hint and error belong to it. */
export type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Stands at the right of the label: a count, "optional". */
  aside?: ReactNode;
  hideLabel?: boolean;
  id?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** A label, a control, a hint and an error: `<Field label="Title">{(c) => <Input {...c} name="title" />}</Field>`. */
export function Field({ label, hint, error, aside, hideLabel, id, className, children }: FieldProps) {
  const made = useId();
  const controlId = id ?? made;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const control: FieldControl = { id: controlId };
  const describedBy = classNames(errorId, hintId);
  if (describedBy) control["aria-describedby"] = describedBy;
  if (error) control["aria-invalid"] = true;
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      <div
        className={classNames("flex items-baseline justify-between gap-4", hideLabel && !aside && "sr-only")}
      >
        <label htmlFor={controlId} className={hideLabel ? "sr-only" : "text-sm font-medium text-ink"}>
          {label}
        </label>
        {aside ? <span className="text-[0.8125rem] text-faint tabular-nums">{aside}</span> : null}
      </div>
      {children(control)}
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-[0.8125rem] text-accent">
          <CircleAlert aria-hidden="true" className="mt-[0.2em] size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-[0.8125rem] text-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
