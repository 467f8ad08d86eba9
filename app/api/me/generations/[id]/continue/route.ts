import { continueGeneration as operation } from "@/lib/contract/studio";
import { continueGeneration } from "@/lib/domains/studio/continue-generation";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => continueGeneration({ ...input, caller }));
