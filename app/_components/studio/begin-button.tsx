import { useId, type ReactNode } from "react";
import { Button, type ButtonProps } from "@/lib/ui/button";
import { classNames } from "@/lib/ui/class-names";
import type { Obstacle } from "./price-words";
import { WayOut } from "./way-out";

interface BeginButtonProps extends Pick<ButtonProps, "type" | "variant" | "size" | "busy" | "onClick"> {
  /** Why it is off; null where it is not. */
  obstacle: Obstacle | null;
  /** What stands beside it where it is on: the price. */
  note?: ReactNode;
  topupUrl: string;
  className?: string;
  children: ReactNode;
}

/** A button that costs coins: its price beside it, or why it is off and what to do. */
export function BeginButton({ obstacle, note, topupUrl, className, children, ...button }: BeginButtonProps) {
  const id = useId();
  return (
    <div className={classNames("flex flex-wrap items-center gap-x-4 gap-y-2", className)}>
      <Button {...button} aria-disabled={obstacle !== null || undefined} aria-describedby={id}>
        {children}
      </Button>
      <p id={id} className="min-w-0 flex-1 basis-52 text-sm text-soft tabular-nums">
        {obstacle === null ? (
          note
        ) : (
          <>
            {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={topupUrl} />
          </>
        )}
      </p>
    </div>
  );
}
