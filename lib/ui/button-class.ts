import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const base =
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none " +
  "transition-colors duration-100 [&_svg]:size-[1.1em] [&_svg]:shrink-0 " +
  "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed";

const off =
  "disabled:border-line disabled:bg-well disabled:text-faint aria-disabled:not-aria-busy:border-line " +
  "aria-disabled:not-aria-busy:bg-well aria-disabled:not-aria-busy:text-faint";

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-ink bg-ink text-paper not-disabled:not-aria-disabled:hover:bg-soft not-disabled:not-aria-disabled:hover:border-soft",
  secondary:
    "border-edge bg-sheet text-ink not-disabled:not-aria-disabled:hover:bg-well not-disabled:not-aria-disabled:hover:border-ink",
  quiet:
    "border-transparent bg-transparent text-soft not-disabled:not-aria-disabled:hover:bg-well not-disabled:not-aria-disabled:hover:text-ink",
  danger:
    "border-accent-fill bg-accent-fill text-on-accent not-disabled:not-aria-disabled:hover:brightness-90",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-8 px-3 text-sm",
  md: "min-h-10 px-4 text-[0.9375rem]",
  lg: "min-h-12 px-6 text-base",
};

/** The look of a button, shared by buttons and by links that look like one. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return classNames(base, sizes[size], variants[variant], off, className);
}
