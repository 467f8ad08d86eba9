import { classNames } from "./class-names";

/** The shape of what is coming. Give it the size of the real thing, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={classNames("block animate-breathe rounded-sm bg-line", className)} />
  );
}

const widths = ["w-full", "w-11/12", "w-full", "w-10/12", "w-7/12"];

/** Some lines of text that are coming; says so once to a screen reader. */
export function SkeletonText({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={classNames("h-3.5", widths[line % widths.length])} />
      ))}
    </div>
  );
}
