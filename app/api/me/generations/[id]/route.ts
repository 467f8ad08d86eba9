import { getGeneration as operation } from "@/lib/contract/studio";
import { getGeneration } from "@/lib/domains/studio/read-generation";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) => getGeneration({ ...input, caller }));
