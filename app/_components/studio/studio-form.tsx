import { type FormEvent, type ReactNode, useId } from "react";

interface StudioFormProps {
  title: string;
  onSubmit: (event: FormEvent) => void;
  /** What is asked for, then its price. */
  children: ReactNode;
}

/** A page's form: what is to be written, and beside it what that costs. */
export function StudioForm({ title, onSubmit, children }: StudioFormProps) {
  const headingId = useId();
  return (
    <form onSubmit={onSubmit} noValidate aria-labelledby={headingId}>
      <h1
        id={headingId}
        className="mb-8 text-2xl leading-tight font-semibold tracking-[-0.02em] sm:text-[1.75rem]"
      >
        {title}
      </h1>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">{children}</div>
    </form>
  );
}
