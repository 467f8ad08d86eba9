import { useId, type ReactNode } from "react";
import { classNames } from "./class-names";

export type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  /** Stands at the right of the title: a link, a filter. */
  aside?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** A part of a page under a heading of the second rank. */
export function Section({ title, description, aside, id, className, children }: SectionProps) {
  const made = useId();
  const headingId = `${id ?? made}-title`;
  return (
    <section id={id} aria-labelledby={headingId} className={classNames("min-w-0", className)}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={headingId} className="text-lg font-semibold tracking-tight text-ink">
            {title}
          </h2>
          {description ? <p className="mt-0.5 max-w-prose text-sm text-faint">{description}</p> : null}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
