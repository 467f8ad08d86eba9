import type { InputHTMLAttributes, Ref } from "react";
import { classNames } from "./class-names";
import { controlClass } from "./control-class";

export type InputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

/** One line to type into. Stands in a `Field`. */
export function Input({ className, ...rest }: InputProps) {
  return <input {...rest} className={classNames(controlClass, "min-h-10 px-3 text-base", className)} />;
}
