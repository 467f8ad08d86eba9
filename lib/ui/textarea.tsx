import type { Ref, TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { controlClass } from "./control-class";

export type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  /** In the typeface of written text. */
  written?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
};

/** Several lines to type into; grows with what is typed where the browser can. Stands in a `Field`. */
export function Textarea({ className, written, rows = 5, ...rest }: TextareaProps) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={classNames(
        controlClass,
        "field-sizing-content max-h-[60vh] min-h-28 resize-y px-3.5 py-2.5",
        written ? "font-serif text-lg leading-relaxed" : "text-base leading-normal",
        className,
      )}
    />
  );
}
