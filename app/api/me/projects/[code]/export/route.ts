import { exportMyProject as operation } from "@/lib/contract/exports";
import { exportProject } from "@/lib/domains/exports/export-project";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  exportProject({ ...input, user_id: ownerOf(caller) }),
);
