"use client";

import type { ButtonHTMLAttributes, MouseEvent, Ref } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./button-class";
import { Spinner } from "./spinner";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Something is under way: the width stays, clicks are swallowed, focus stays where it is. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

/**
 * A button. `busy` and `aria-disabled` swallow clicks and leave it focusable, so that a keyboard user
 * can reach it and hear the reason (`aria-describedby`); `disabled` takes it out of the tab order.
 */
export function Button({
  variant = "secondary",
  size = "md",
  busy = false,
  type = "button",
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const off = busy || rest["aria-disabled"] === true || rest["aria-disabled"] === "true";
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (off) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(variant, size, className)}
      onClick={click}
      aria-busy={busy || undefined}
      aria-disabled={off || undefined}
    >
      {busy ? (
        <>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
