import { downloadMyProject as operation } from "@/lib/contract/my-workspace";
import { downloadProject } from "@/lib/domains/workspace/download-project";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  downloadProject({ ...input, user_id: ownerOf(caller) }),
);
