import { startTool as operation } from "@/lib/contract/tool";
import { startTool } from "@/lib/domains/studio/start-tool";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => startTool({ ...input, caller }));
