"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type MenuProps = {
  trigger: ReactNode;
  /** Which edge of the button it hangs from; default its end, for a button at the end of a line. */
  align?: "start" | "end";
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/**
 * A menu that opens from a button; `trigger` is one button element with a name of its own. It stays where it is
 * written, inside the page's landmarks, and floats by fixed position.
 */
export function Menu({ trigger, align = "end", onOpenChange, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align={align}
        sideOffset={8}
        collisionPadding={12}
        className="z-50 max-w-72 min-w-56 animate-fade-in rounded-lg border border-line bg-sheet p-1.5 text-ink shadow-float"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

export type MenuItemProps = {
  icon?: ReactNode;
  note?: ReactNode;
  tone?: "danger";
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

/** Something to do. */
export function MenuItem({ icon, note, tone, disabled, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className={classNames(
        "flex min-h-9 cursor-default items-start gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none select-none",
        "data-disabled:text-faint data-highlighted:bg-well [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint",
        tone === "danger" && "text-accent [&_svg]:text-accent",
      )}
    >
      {icon}
      <span className="min-w-0">
        {children}
        {note ? <span className="block text-[0.8125rem] text-faint">{note}</span> : null}
      </span>
    </DropdownMenu.Item>
  );
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="truncate px-2.5 py-2 text-[0.8125rem] text-faint">
      {children}
    </DropdownMenu.Label>
  );
}

/** A line between groups. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-2.5 my-1 h-px bg-line" />;
}
