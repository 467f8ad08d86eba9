import "server-only";
import { toolTargetWords } from "@/lib/ai/tool-prompt";
import type { InputOf } from "@/lib/contract/operation";
import type { startTool as operation } from "@/lib/contract/tool";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { beginGeneration, type Started } from "./begin-generation";

/**
 * Has a writing tool answer: each variant is a piece, and costs a coin when it was delivered. Nothing of it goes into the
 * workspace: whoever asked decides what becomes of it.
 * @throws as `beginGeneration`.
 */
export async function startTool({
  caller,
  ask,
}: InputOf<typeof operation> & { caller: Caller }): Promise<Recorded<Started>> {
  const variants = ask.tool === "write" ? ask.variants : 1;
  const target_words = toolTargetWords(ask);
  return beginGeneration(caller, () => ({
    subject: { kind: "tool", input: ask },
    model: ask.model,
    pieces: Array.from({ length: variants }, (_, at) => ({ nth: at + 1, target_words })),
    bytes: 0,
  }));
}
