import {
  type BrainstormKind,
  MAX_GUIDANCE_CHARACTERS,
  MAX_TOOL_CHARACTERS,
  type RewriteStyle,
  type Sense,
  toolInput,
  type ToolInput,
  type ToolName,
  type WriteMode,
} from "@/lib/contract/tool-input";
import { contextToSend } from "@/lib/contract/material";
import type { ModelName } from "@/lib/contract/quote";
import { figure } from "@/lib/ui/figure";
import { useKeptDraft } from "../studio/use-kept-draft";

/** The form as it stands. */
export interface ToolDraft {
  tool: ToolName;
  text: string;
  mode: WriteMode;
  variants: number;
  words: number;
  style: RewriteStyle;
  sense: Sense | "all";
  emotion: string;
  kind: BrainstormKind;
  count: number;
  guidance: string;
  model: ModelName;
  context: { name: string; text: string } | null;
}

export const EMPTY_TOOL_DRAFT: ToolDraft = {
  tool: "write",
  text: "",
  mode: "auto",
  variants: 1,
  words: 200,
  style: "improve",
  sense: "all",
  emotion: "",
  kind: "plot",
  count: 5,
  guidance: "",
  model: "balanced",
  context: null,
};

/** What a request would be made of, or what stands in its way. */
export function askOfDraft(draft: ToolDraft): { ask: ToolInput } | { obstacle: string } {
  const { tool, context, ...fields } = draft;
  if (draft.text.trim() === "") return { obstacle: "Put in some text first." };
  const over = textToSend(draft).length - MAX_TOOL_CHARACTERS[tool];
  if (over > 0) return { obstacle: `The text is ${figure(over)} characters too long for this tool.` };
  if (draft.guidance.length > MAX_GUIDANCE_CHARACTERS) return { obstacle: "The wish is too long." };
  const parsed = toolInput.safeParse({
    ...fields,
    tool,
    text: textToSend(draft),
    ...(context === null ? {} : { context: contextToSend(context.text) }),
  });
  return parsed.success
    ? { ask: parsed.data }
    : { obstacle: parsed.error.issues[0]?.message ?? "Something is missing." };
}

/** Going on reads only the end of what stands; the other tools work on all of it. */
function textToSend({ tool, text }: Pick<ToolDraft, "tool" | "text">): string {
  return tool === "write" ? text.slice(-MAX_TOOL_CHARACTERS.write).toWellFormed() : text;
}

/** The text with an answer in it. */
export function withAnswer({ tool, text }: Pick<ToolDraft, "tool" | "text">, answer: string): string {
  if (tool === "rewrite") return answer;
  const joint = tool === "write" && !/[.!?…。！？”"’')\]]\s*$/u.test(text) ? " " : "\n\n";
  return text.trimEnd() === "" ? answer : `${text.trimEnd()}${joint}${answer}`;
}

/** What is typed, kept in this tab for this person. */
export function useToolDraft(userId: string): [ToolDraft, (change: Partial<ToolDraft>) => void] {
  return useKeptDraft(`penora:tools:${userId}`, EMPTY_TOOL_DRAFT, readDraft);
}

function readDraft(kept: Partial<Record<keyof ToolDraft, unknown>>): ToolDraft | null {
  // Each choice is asked for below: what another version of the page has kept may name one that is none any more.
  const draft = { ...EMPTY_TOOL_DRAFT, ...(kept as Partial<ToolDraft>) };
  const known = toolInput.safeParse({ ...draft, text: "x", context: undefined }).success;
  return typeof draft.text === "string" && known ? draft : null;
}
