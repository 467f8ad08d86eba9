import { listGenerations as listOperation, startGeneration as startOperation } from "@/lib/contract/studio";
import { listGenerations } from "@/lib/domains/studio/read-generation";
import { startGeneration } from "@/lib/domains/studio/start-generation";
import { route } from "@/lib/http/route";

export const GET = route(listOperation, ({ caller, input }) => listGenerations({ ...input, caller }));

export const POST = route(startOperation, ({ caller, input }) => startGeneration({ ...input, caller }));
