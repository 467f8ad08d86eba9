"use client";

import { type ReactNode, useRef, useState } from "react";
import { classNames } from "@/lib/ui/class-names";
import type { TextEditorProps } from "./text-editor";
import { TextEditorLoader } from "./text-editor-loader";
import { TitleField } from "./title-field";

export type TextPageProps = Pick<
  TextEditorProps,
  "code" | "content" | "version" | "metadata" | "signInHref" | "tools" | "fallback"
> & {
  title: string;
  /** What the page says of the project and offers to do with it, between its title and its text. */
  children: ReactNode;
};

/** A text with its title. Both can be changed where they stand; only the tools for the text come later. */
export function TextPage({ title: storedTitle, children, ...rest }: TextPageProps) {
  const [title, setTitle] = useState(storedTitle);
  const [alone, setAlone] = useState(false);
  const focusText = useRef<(() => void) | null>(null);
  return (
    <div className={classNames(alone && "fixed inset-0 z-30 overflow-y-auto bg-paper px-4 sm:px-6")}>
      <div className={classNames("mx-auto max-w-prose", alone && "py-10")}>
        <header className="mt-4">
          <TitleField title={title} onChange={setTitle} onDone={() => focusText.current?.()} />
          <div hidden={alone}>{children}</div>
        </header>
        <TextEditorLoader {...{ ...rest, storedTitle, title, setTitle, alone, setAlone, focusText }} />
      </div>
    </div>
  );
}
