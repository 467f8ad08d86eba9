"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, use } from "react";
import type { TextEditorProps } from "./text-editor";

const Fallback = createContext<ReactNode>(null);

const Editor = dynamic(() => import("./text-editor").then((module) => module.TextEditor), {
  ssr: false,
  loading: () => <Waiting />,
});

function Waiting() {
  return use(Fallback);
}

/** The editor, fetched when the page is there: until then its fallback stands in its place, to be read at once. */
export function TextEditorLoader(props: TextEditorProps) {
  return (
    <Fallback value={props.fallback}>
      <Editor {...props} />
    </Fallback>
  );
}
