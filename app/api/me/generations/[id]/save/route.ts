import { saveGeneration as operation } from "@/lib/contract/studio";
import { saveGeneration } from "@/lib/domains/studio/save-generation";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => saveGeneration({ ...input, caller }));
