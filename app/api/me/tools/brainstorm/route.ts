import { startBrainstorm as operation } from "@/lib/contract/tools";
import { startTool } from "@/lib/domains/studio/start-tool";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => startTool("brainstorm", { ...input, caller }));
