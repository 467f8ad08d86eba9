import { saveProject as operation } from "@/lib/contract/workspace";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => saveProject({ ...input, caller }));
