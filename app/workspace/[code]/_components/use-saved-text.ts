import type { Editor } from "@tiptap/core";
import type { Transaction } from "@tiptap/pm/state";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Autosave, type Change, type SaveState, type Stored } from "@/lib/client/autosave";
import { DraftStore, type FoundDraft, holdTab } from "@/lib/client/draft-store";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { EMPTY_TEXT, getMyProject, updateMyProject } from "@/lib/contract/my-workspace";
import type { Project } from "@/lib/contract/workspace";
import type { DocumentText } from "../../../_components/editor/document-text";
import { openText, replaceText } from "../../../_components/editor/open-text";
import { useOtherTabs } from "./use-other-tabs";

export interface SavedTextParts {
  readonly code: string;
  /** What is noted beside the text. */
  readonly metadata: Project["metadata"];
  readonly stored: Stored;
  readonly editor: Editor | null;
  readonly text: DocumentText;
  /** The title as it stands on the page. */
  readonly title: string;
  readonly setTitle: (title: string) => void;
}

/** Unsaved words of an earlier visit: brought back already, or offered where the stored text has moved on since. */
export type LeftDraft = { readonly kind: "back" | "offered"; readonly draft: FoundDraft };

const toContent = (markdown: string) => (markdown === "" ? EMPTY_TEXT : markdown);

/**
 * Keeps a text in the editor and the one in the workspace together: saves by itself, keeps a draft meanwhile, brings the
 * drafts of earlier visits back, follows what other tabs save, and tells of everything that stands in the way.
 */
export function useSavedText({ code, metadata, stored, editor, text, title, setTitle }: SavedTextParts) {
  const userId = usePageUser();
  const call = useCallApi();
  const [tab] = useState(() => crypto.randomUUID());
  const [drafts] = useState(() => new DraftStore(userId, code, tab));
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const [left, setLeft] = useState<LeftDraft | null>(null);
  const titleNow = useRef(stored.title);
  /** To be noted with the next change: who wrote a part of it. */
  const noted = useRef<Change["metadata"]>(undefined);
  const autosave = useRef<Autosave | null>(null);
  const first = useRef(stored);

  const write = (next: { title: string; content: string }) => {
    if (editor === null) return;
    replaceText(editor, text, next.content);
    takeTitle(next.title);
  };
  const takeTitle = (next: string) => {
    titleNow.current = next;
    setTitle(next);
  };
  const takeOver = useEffectEvent(takeTitle);

  async function fetchStored(): Promise<Stored> {
    const { project } = await call(getMyProject, { code });
    return {
      title: project.title,
      content: openText(project.content ?? "").markdown,
      version: project.version,
    };
  }

  const { others, tellSaved } = useOtherTabs(
    `penora:text:${userId}:${code}`,
    tab,
    (version) => void follow(version),
  );

  /** Another tab saved. Whoever has nothing of their own to lose goes along. */
  async function follow(version: number) {
    const mine = autosave.current;
    if (mine === null || mine.state.kind !== "saved" || mine.stored.version >= version) return;
    const theirs = await fetchStored().catch(() => null);
    if (theirs === null || mine.state.kind !== "saved" || mine.stored.version >= theirs.version) return;
    write(theirs);
    mine.adopt(theirs);
  }

  const told = useEffectEvent((next: SaveState, saved: Stored) => {
    setState(next);
    if (next.kind === "saved" && saved.version > first.current.version) tellSaved(saved.version);
  });
  const fetchNow = useEffectEvent(fetchStored);
  const send = useEffectEvent(
    async (change: Change, options: { idempotencyKey: string; keepalive: boolean }) => {
      const content = change.content === undefined ? {} : { content: toContent(change.content) };
      const { project } = await call(updateMyProject, { code, ...change, ...content }, options);
      if (change.metadata === noted.current) noted.current = undefined;
      return { version: project.version };
    },
  );
  const bringBack = useEffectEvent((found: readonly FoundDraft[]) => {
    const mine = autosave.current;
    const [newest] = found.filter((draft) => {
      const known = draft.content === mine?.stored.content && draft.title === mine.stored.title;
      if (known) drafts.drop(draft.place);
      return !known;
    });
    if (newest === undefined || mine === null) return;
    if (newest.version !== mine.stored.version || mine.state.kind !== "saved")
      return setLeft({ kind: "offered", draft: newest });
    write(newest);
    drafts.write(newest);
    drafts.drop(newest.place);
    setLeft({ kind: "back", draft: newest });
    mine.touch();
  });

  useEffect(() => {
    if (editor === null) return;
    const mine: Autosave = (autosave.current = new Autosave(first.current, {
      read: () => ({
        title: titleNow.current.trim() || mine.stored.title,
        content: text.markdownOf(editor.state.doc),
        ...(noted.current === undefined ? {} : { metadata: noted.current }),
      }),
      send: (change, options) => send(change, options),
      fetchStored: () => fetchNow(),
      drafts,
      takeTitle: (next) => takeOver(next),
      onState: (next, saved) => told(next, saved),
    }));
    const changed = ({ transaction }: { transaction: Transaction }) => {
      if (transaction.docChanged && transaction.getMeta("preventUpdate") !== true) mine.touch();
    };
    const flush = () => mine.flush();
    const seen = () => mine.flush();
    const leave = () => mine.leave();
    editor.on("transaction", changed);
    editor.on("blur", flush);
    window.addEventListener("online", flush);
    window.addEventListener("focus", flush);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("pagehide", leave);
    const release = holdTab(tab);
    void drafts.findLeft().then(bringBack);
    return () => {
      mine.leave();
      mine.stop();
      release();
      editor.off("transaction", changed);
      editor.off("blur", flush);
      window.removeEventListener("online", flush);
      window.removeEventListener("focus", flush);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("pagehide", leave);
    };
  }, [editor, text, drafts, tab]);

  useEffect(() => {
    titleNow.current = title;
    const mine = autosave.current;
    if (mine !== null && title !== mine.stored.title) mine.touch();
  }, [title, editor]);

  return {
    ...{ state, left, others },
    saveNow: () => autosave.current?.flush(),
    /** A part of the text was written by whom this says: its project, and what is made of it, say so too. */
    noteWriter: (label: string) => {
      if (metadata?.label !== label) noted.current = { ...metadata, label };
    },
    /** Ends a conflict, or takes over what was restored: `words` stand on the page, and go on from `from`. */
    goOn: (words: { title: string; content: string }, from: Stored) => {
      write(words);
      autosave.current?.adopt(from);
      autosave.current?.flush();
    },
    /** The stored text as the page knows it. */
    stored: () => autosave.current?.stored ?? first.current,
    read: () => (editor === null ? first.current.content : text.markdownOf(editor.state.doc)),
    fetchStored,
    /** What was left of an earlier visit is settled; `draft` is dropped where it lies. */
    dropLeft: (draft: FoundDraft) => {
      drafts.drop(draft.place);
      setLeft(null);
    },
  };
}

export type SavedText = ReturnType<typeof useSavedText>;
