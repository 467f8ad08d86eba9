import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "./button-link";

export type PagerProps = {
  /** What is paged through: "Pages of the statement". */
  label: string;
  previousHref?: string | null;
  nextHref?: string | null;
  previousLabel?: string;
  nextLabel?: string;
};

/** To the page before and the page after; nothing where there is neither. */
export function Pager({
  label,
  previousHref,
  nextHref,
  previousLabel = "Previous",
  nextLabel = "Next",
}: PagerProps) {
  if (!previousHref && !nextHref) return null;
  return (
    <nav aria-label={label} className="mt-4 flex justify-between gap-3">
      {previousHref ? (
        <ButtonLink href={previousHref} rel="prev" size="sm">
          <ChevronLeft aria-hidden="true" /> {previousLabel}
        </ButtonLink>
      ) : (
        <span />
      )}
      {nextHref ? (
        <ButtonLink href={nextHref} rel="next" size="sm">
          {nextLabel} <ChevronRight aria-hidden="true" />
        </ButtonLink>
      ) : null}
    </nav>
  );
}
