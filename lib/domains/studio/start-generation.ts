import "server-only";
import type { InputOf } from "@/lib/contract/operation";
import type { PromptInput } from "@/lib/contract/prompt-input";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import type { startGeneration as operation } from "@/lib/contract/studio";
import { estimatePageBytes } from "@/lib/contract/text-size";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { beginGeneration, type Started } from "./begin-generation";

/**
 * Begins to write a text from a prompt: the price of all its pages is held.
 * @throws as `beginGeneration`.
 */
export async function startGeneration(
  request: InputOf<typeof operation> & { caller: Caller },
): Promise<Recorded<Started>> {
  const { caller, point_of_view: pointOfView, ...fields } = request;
  const input: PromptInput = { ...fields, ...(pointOfView === undefined ? {} : { pointOfView }) };
  return beginGeneration(caller, () => ({
    subject: { kind: "single-prompt", input },
    model: input.model,
    pieces: Array.from({ length: input.pages }, (_, at) => ({ nth: at + 1, target_words: WORDS_PER_PAGE })),
    bytes: estimatePageBytes(input),
  }));
}
