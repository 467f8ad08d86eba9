import { useCallApi } from "@/lib/client/page-user";
import { getGeneration } from "@/lib/contract/studio";
import { startTool } from "@/lib/contract/tool";
import type { ToolInput } from "@/lib/contract/tool-input";
import type { Writing } from "../studio/generation-state";
import { useBegin } from "../studio/use-begin";

/** Has a tool answer. `begin` gives what is to be followed, or null where it was refused: `failure` says why. */
export function useStartTool() {
  const callApi = useCallApi();
  const { busy, failure, begin } = useBegin();
  return {
    begin: (ask: ToolInput): Promise<Writing | null> =>
      begin(
        JSON.stringify(ask),
        (idempotencyKey) => callApi(startTool, { ask }, { idempotencyKey }),
        ({ generation_id: id }) => callApi(getGeneration, { id }),
      ),
    busy: busy !== null,
    failure,
  };
}
