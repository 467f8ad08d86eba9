import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";

interface WishesProps {
  title: string;
  /** What is wished for so far; empty ones are left out. */
  wished: readonly string[];
  children: ReactNode;
}

/** What may be wished for beside the prompt; folded away until somebody wants it. */
export function Wishes({ title, wished, children }: WishesProps) {
  const said = wished.filter((wish) => wish.trim() !== "");
  return (
    <details className="group border-y border-line">
      <summary className="flex list-none items-center gap-2 py-3 text-sm font-medium text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 text-faint transition-transform duration-100 group-open:rotate-90"
        />
        {title}
        <span className="min-w-0 truncate font-normal text-faint">
          {said.length === 0 ? "optional" : said.join(", ")}
        </span>
      </summary>
      <div className="grid gap-x-6 gap-y-5 pt-2 pb-6 sm:grid-cols-2">{children}</div>
    </details>
  );
}

interface WishProps {
  label: string;
  value: string;
  maxCharacters: number;
  placeholder: string;
  className?: string;
  onChange: (value: string) => void;
}

/** A wish in free words. */
export function Wish({ label, value, maxCharacters, placeholder, className, onChange }: WishProps) {
  return (
    <Field label={label} className={className}>
      {(control) => (
        <Input
          {...control}
          value={value}
          maxLength={maxCharacters}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
