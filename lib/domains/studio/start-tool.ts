import "server-only";
import { toolTargetWords } from "@/lib/ai/tool-prompt";
import type { ToolInput } from "@/lib/contract/tool-input";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { beginGeneration, type Started } from "./begin-generation";

/**
 * Begins an answer of a writing tool: a piece for each variant, one coin each, held together. Nothing of it goes into the
 * workspace: what is accepted becomes part of the text that it was asked for.
 * @throws as `beginGeneration`.
 */
export async function startTool(
  tool: ToolInput["tool"],
  request: Omit<ToolInput, "tool"> & { caller: Caller },
): Promise<Recorded<Started>> {
  const { caller, ...fields } = request;
  const input = { ...fields, tool } as ToolInput; // the operation of this tool has parsed them
  const variants = input.tool === "write" ? input.variants : 1;
  const target_words = toolTargetWords(input);
  return beginGeneration(caller, () => ({
    subject: { kind: "tool", input },
    model: input.model,
    pieces: Array.from({ length: variants }, (_, at) => ({ nth: at + 1, target_words })),
    bytes: 0,
  }));
}
