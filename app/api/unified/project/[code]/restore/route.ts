import { restoreProject as operation } from "@/lib/contract/workspace";
import { restoreProject } from "@/lib/domains/workspace/restore-project";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => restoreProject({ ...input, caller }));
