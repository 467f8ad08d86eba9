import type { ReactNode } from "react";
import { classNames } from "@/lib/ui/class-names";

const LOOKS = {
  large: "font-serif text-[1.75rem] leading-tight font-semibold tracking-[-0.01em]",
  small: "text-lg leading-snug font-semibold tracking-tight",
};

export type AnchoredHeadingProps = {
  as: "h2" | "h3";
  id: string;
  size?: keyof typeof LOOKS;
  children: ReactNode;
};

/** A heading that has an address of its own; the whole of it is the link to take along. */
export function AnchoredHeading({
  as: Heading,
  id,
  size = Heading === "h2" ? "large" : "small",
  children,
}: AnchoredHeadingProps) {
  return (
    <Heading id={id} className={classNames("scroll-mt-6 [overflow-wrap:anywhere]", LOOKS[size])}>
      <a href={`#${id}`} className="decoration-accent decoration-1 underline-offset-4 hover:underline">
        {children}
      </a>
    </Heading>
  );
}
