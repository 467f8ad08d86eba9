"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, use } from "react";
import type { TextEditorProps } from "./text-editor";

const Shell = createContext<ReactNode>(null);

const Editor = dynamic(() => import("./text-editor").then((module) => module.TextEditor), {
  ssr: false,
  loading: () => <Waiting />,
});

function Waiting() {
  return use(Shell);
}

/**
 * The editor, fetched when the page is there: whoever only reads need not wait for it. Until then `shell` stands in its
 * place, which looks the same.
 */
export function TextEditorLoader({ shell, ...props }: TextEditorProps & { shell: ReactNode }) {
  return (
    <Shell value={shell}>
      <Editor {...props} />
    </Shell>
  );
}
