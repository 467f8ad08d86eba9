import { saveProject as operation } from "@/lib/contract/workspace";
import { savePaidProject } from "@/lib/domains/workspace/save-paid-project";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => savePaidProject({ ...input, caller }));
