"use client";

import type { ChainedCommands, Editor } from "@tiptap/core";
import { redoDepth, undoDepth } from "@tiptap/pm/history";
import { useEditorState } from "@tiptap/react";
import {
  Bold,
  Heading1,
  Heading2,
  Heading3,
  ImagePlus,
  Italic,
  Link as LinkIcon,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Redo2,
  Strikethrough,
  TextQuote,
  Undo2,
} from "lucide-react";
import { Toolbar as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { inKeys } from "../keys";

interface Tool {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly keys?: string;
  readonly active?: (editor: Editor) => boolean;
  readonly run: (chain: ChainedCommands) => ChainedCommands;
}

const heading = (level: 1 | 2 | 3, Icon: LucideIcon): Tool => ({
  label: `Heading ${level}`,
  Icon,
  keys: `Mod+Alt+${level}`,
  active: (editor) => editor.isActive("heading", { level }),
  run: (chain) => chain.toggleHeading({ level }),
});

const MARKS: readonly Tool[] = [
  { label: "Bold", Icon: Bold, keys: "Mod+B", active: (e) => e.isActive("bold"), run: (c) => c.toggleBold() },
  {
    label: "Italic",
    Icon: Italic,
    keys: "Mod+I",
    active: (e) => e.isActive("italic"),
    run: (c) => c.toggleItalic(),
  },
  {
    ...{ label: "Strikethrough", Icon: Strikethrough, keys: "Mod+Shift+S" },
    ...{ active: (e) => e.isActive("strike"), run: (c) => c.toggleStrike() },
  },
];

const BLOCKS: readonly Tool[] = [
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
  {
    ...{ label: "Bullet list", Icon: List, keys: "Mod+Shift+8" },
    ...{ active: (e) => e.isActive("bulletList"), run: (c) => c.toggleBulletList() },
  },
  {
    ...{ label: "Numbered list", Icon: ListOrdered, keys: "Mod+Shift+7" },
    ...{ active: (e) => e.isActive("orderedList"), run: (c) => c.toggleOrderedList() },
  },
  {
    ...{ label: "Quote", Icon: TextQuote, keys: "Mod+Shift+B" },
    ...{ active: (e) => e.isActive("blockquote"), run: (c) => c.toggleBlockquote() },
  },
  { label: "Scene break", Icon: Minus, run: (c) => c.setHorizontalRule() },
];

export type EditorToolbarProps = {
  editor: Editor;
  onLink: () => void;
  onPicture: () => void;
  /** What stands at the end of the row. */
  children?: ReactNode;
};

/** What can be done to a text. One stop of the Tab key; arrow keys move within. */
export function EditorToolbar({ editor, onLink, onPicture, children }: EditorToolbarProps) {
  const now = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      active: [...MARKS, ...BLOCKS].map((tool) => tool.active?.(e) ?? false),
      link: e.isActive("link"),
      undo: undoDepth(e.state) > 0,
      redo: redoDepth(e.state) > 0,
    }),
  });
  const tool = (one: Tool, index: number) => (
    <ToolButton
      key={one.label}
      label={one.label}
      keys={one.keys}
      pressed={one.active === undefined ? undefined : now.active[index] === true}
      onClick={() => one.run(editor.chain().focus()).run()}
    >
      <one.Icon aria-hidden="true" />
    </ToolButton>
  );
  return (
    <Radix.Root
      aria-label="Formatting"
      className="flex items-center gap-0.5 overflow-x-auto sm:flex-wrap sm:overflow-visible"
    >
      {MARKS.map(tool)}
      <ToolButton label="Link" keys="Mod+K" pressed={now.link} onClick={onLink}>
        <LinkIcon aria-hidden="true" />
      </ToolButton>
      <Divider />
      {BLOCKS.map((one, index) => tool(one, MARKS.length + index))}
      <ToolButton label="Insert a picture" onClick={onPicture}>
        <ImagePlus aria-hidden="true" />
      </ToolButton>
      <Divider />
      <ToolButton
        label="Undo"
        keys="Mod+Z"
        off={!now.undo}
        onClick={() => editor.chain().focus().undo().run()}
      >
        <Undo2 aria-hidden="true" />
      </ToolButton>
      <ToolButton
        label="Redo"
        keys="Mod+Shift+Z"
        off={!now.redo}
        onClick={() => editor.chain().focus().redo().run()}
      >
        <Redo2 aria-hidden="true" />
      </ToolButton>
      {children}
    </Radix.Root>
  );
}

export type ToolButtonProps = {
  label: string;
  keys?: string | undefined;
  pressed?: boolean | undefined;
  off?: boolean;
  onClick: () => void;
  children: ReactNode;
};

/** A button of the toolbar. The selection in the text stays where it is. */
export function ToolButton({ label, keys, pressed, off = false, onClick, children }: ToolButtonProps) {
  return (
    <Radix.Button
      aria-label={label}
      title={keys === undefined ? label : `${label} (${inKeys(keys)})`}
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => (off ? undefined : onClick())}
      className="grid size-9 shrink-0 place-items-center sm:size-8 rounded-md text-soft hover:bg-well hover:text-ink aria-disabled:text-line aria-disabled:hover:bg-transparent aria-pressed:bg-well aria-pressed:text-accent [&_svg]:size-4"
    >
      {children}
    </Radix.Button>
  );
}

function Divider() {
  return <Radix.Separator className="mx-1 h-5 w-px shrink-0 bg-line" />;
}
