import type { HTMLAttributes } from "react";
import { classNames } from "./class-names";

export type CardProps = HTMLAttributes<HTMLDivElement> & { padding?: "none" | "sm" | "md" };

const paddings = { none: "", sm: "p-4", md: "p-5 sm:p-6" };

/** A sheet that lies on the paper. */
export function Card({ padding = "md", className, ...rest }: CardProps) {
  return (
    <div
      {...rest}
      className={classNames("rounded-lg border border-line bg-sheet", paddings[padding], className)}
    />
  );
}
