import { stopGeneration as operation } from "@/lib/contract/studio";
import { stopGeneration } from "@/lib/domains/studio/stop-generation";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => stopGeneration({ ...input, caller }));
