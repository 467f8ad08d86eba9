import { classNames } from "@/lib/ui/class-names";

/** The mark: a pilcrow turned round, which makes it a P. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 18.2 22" aria-hidden="true" className={classNames("h-5.5 w-auto shrink-0", className)}>
      <path d="M8 0h3.6a6.6 6.6 0 0 1 0 13.2H8z" className="fill-accent" />
      <path d="M0 0h8.2v22H5.8V2.2H2.4V22H0z" className="fill-ink" />
    </svg>
  );
}

/** Mark and name, the way home. */
export function Brand() {
  return (
    <a href="/" className="flex items-center gap-2 rounded-sm">
      <BrandMark />
      <span className="font-serif text-[1.375rem] leading-none font-semibold tracking-[-0.015em]">
        Penora
      </span>
    </a>
  );
}
