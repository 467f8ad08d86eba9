"use client";

import { EditorContent } from "@tiptap/react";
import { History, Keyboard, Maximize2, Minimize2, Wand2 } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useState } from "react";
import { PICTURE_REFERENCE } from "@/lib/contract/picture-reference";
import type { Project } from "@/lib/contract/workspace";
import { classNames } from "@/lib/ui/class-names";
import { Notice } from "@/lib/ui/notice";
import { LinkDialog } from "../../../_components/editor/link-dialog";
import { openText } from "../../../_components/editor/open-text";
import { PicturePicker } from "../../../_components/editor/picture-picker";
import { ToolPanel } from "../../../_components/editor/tool-panel";
import { TextCounts } from "../../../_components/editor/text-counts";
import { EditorToolbar, ToolButton } from "../../../_components/editor/toolbar";
import { useTextEditor } from "../../../_components/editor/use-text-editor";
import { KEY_MAP_EVENT } from "../../../_components/key-map";
import { isModifier } from "../../../_components/keys";
import type { MeansAtFirst } from "../../../_components/studio/means";
import { ConflictView } from "./conflict-view";
import { LeftDraftNotice } from "./left-draft";
import { SaveProblemNotice } from "./save-problem";
import { saveWord } from "./save-words";
import { useSavedText } from "./use-saved-text";
import { VersionsDialog } from "./versions-dialog";

export type TextEditorProps = {
  code: string;
  /** The title as it was stored with this content. */
  storedTitle: string;
  /** The title as it stands on the page. */
  title: string;
  setTitle: (title: string) => void;
  content: string;
  version: number;
  /** What is noted beside it. */
  metadata: Project["metadata"];
  signInHref: string;
  /** What the writing tools cost whom. */
  tools: MeansAtFirst;
  /** Nothing but the text is in sight. */
  alone: boolean;
  setAlone: (alone: boolean) => void;
  /** Is given what puts the cursor into the text. */
  focusText: RefObject<(() => void) | null>;
  /** What takes the editor's place until the browser has made it. */
  fallback: ReactNode;
};

type Above = "link" | "picture" | "versions" | null;

/** A text of the workspace, written in where it stands. It saves itself. */
export function TextEditor({
  code,
  storedTitle,
  title,
  setTitle,
  content,
  version,
  metadata,
  signInHref,
  tools,
  alone,
  setAlone,
  focusText,
  fallback,
}: TextEditorProps) {
  const { editor, text, opened } = useTextEditor({ markdown: content, label: "Text" });
  const stored = { title: storedTitle, content: opened, version };
  const saved = useSavedText({ code, metadata, editor, text, stored, title, setTitle });
  const [above, setAbove] = useState<Above>(null);
  const [comparing, setComparing] = useState<{ words: string; title: string } | null>(null);
  const [helped, setHelped] = useState(false);
  const { state, left } = saved;
  const conflict = state.kind === "conflict" ? state : null;
  const hidden = conflict !== null || comparing !== null;

  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (key === "escape" && alone && above === null) return setAlone(false);
    if (!isModifier(event) || event.altKey) return;
    const act =
      key === "s" && !event.shiftKey
        ? () => saved.saveNow()
        : key === "k" && !event.shiftKey && editor?.isFocused === true
          ? () => setAbove("link")
          : key === "f" && event.shiftKey
            ? () => setAlone(!alone)
            : null;
    if (act === null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  useEffect(() => {
    focusText.current = () => editor?.commands.focus("start");
  }, [editor, focusText]);

  function insertPicture(picture: { code: string; title: string }) {
    setAbove(null);
    const src = `${PICTURE_REFERENCE}${picture.code}`;
    editor?.chain().focus().setImage({ src, alt: picture.title }).run();
  }

  return (
    <>
      {saved.others ? (
        <Notice className="my-4" role="status" title="This text is also open in another tab">
          What one tab saves, the other shows. If you write in both at once, both texts are kept.
        </Notice>
      ) : null}
      {left === null || comparing !== null ? null : (
        <LeftDraftNotice
          left={left}
          onKeep={() => saved.dropLeft(left.draft)}
          onDiscard={() => {
            if (left.kind === "back") saved.goOn({ title: storedTitle, content: opened }, saved.stored());
            saved.dropLeft(left.draft);
          }}
          onCompare={() => setComparing({ words: left.draft.content, title: left.draft.title })}
        />
      )}
      <SaveProblemNotice code={code} state={state} signInHref={signInHref} onRetry={saved.saveNow} />
      {conflict === null ? null : (
        <ConflictView
          code={code}
          base={saved.stored().content}
          mine={conflict.mine}
          theirs={conflict.theirs}
          onChoice={(words) => saved.goOn(words, conflict.theirs)}
        />
      )}
      {comparing === null || conflict !== null ? null : (
        <ConflictView
          code={code}
          base={null}
          mine={{ title: comparing.title, content: comparing.words, version }}
          theirs={{ title: title, content: saved.read(), version }}
          onChoice={(words) => {
            saved.goOn(words, saved.stored());
            if (left !== null) saved.dropLeft(left.draft);
            setComparing(null);
          }}
        />
      )}
      {editor === null ? (
        fallback
      ) : (
        <div hidden={hidden} className={classNames("relative", helped && "max-lg:pb-[55dvh]")}>
          <div className="sticky top-0 z-20 mt-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-y border-line bg-paper py-1.5">
            <EditorToolbar
              editor={editor}
              onLink={() => setAbove("link")}
              onPicture={() => setAbove("picture")}
            >
              <ToolButton label="Writing tools" pressed={helped} onClick={() => setHelped(!helped)}>
                <Wand2 aria-hidden="true" />
              </ToolButton>
              <ToolButton label="Versions" onClick={() => setAbove("versions")}>
                <History aria-hidden="true" />
              </ToolButton>
              <ToolButton
                label={alone ? "Show the page again" : "Nothing but the text"}
                keys="Mod+Shift+F"
                pressed={alone}
                onClick={() => setAlone(!alone)}
              >
                {alone ? <Minimize2 aria-hidden="true" /> : <Maximize2 aria-hidden="true" />}
              </ToolButton>
              <ToolButton
                label="Keys"
                keys="Mod+/"
                onClick={() => window.dispatchEvent(new Event(KEY_MAP_EVENT))}
              >
                <Keyboard aria-hidden="true" />
              </ToolButton>
            </EditorToolbar>
          </div>
          {helped ? (
            <ToolPanel
              {...tools}
              editor={editor}
              onAccepted={({ label }) => label !== null && saved.noteWriter(label)}
              onClose={() => setHelped(false)}
            />
          ) : null}
          <EditorContent editor={editor} className="mt-6" />
          <div className="mt-6 flex flex-wrap justify-between gap-x-6 gap-y-1 border-t border-line pt-3">
            <TextCounts editor={editor} text={text} />
            <p className="text-[0.8125rem] text-soft" data-save={state.kind}>
              {saveWord(state)}
            </p>
          </div>
        </div>
      )}
      {above === "link" && editor !== null ? (
        <LinkDialog editor={editor} onClose={() => setAbove(null)} />
      ) : null}
      {above === "picture" ? <PicturePicker onPick={insertPicture} onClose={() => setAbove(null)} /> : null}
      {above === "versions" ? (
        <VersionsDialog
          code={code}
          current={saved.read()}
          version={state.kind === "saved" ? saved.stored().version : null}
          onRestored={({ content: restored, version: next }) => {
            setAbove(null);
            const { markdown } = openText(restored);
            saved.goOn(
              { title: title, content: restored },
              { title: title, content: markdown, version: next },
            );
          }}
          onClose={() => setAbove(null)}
        />
      ) : null}
    </>
  );
}
