import { listMyProjects as operation } from "@/lib/contract/my-workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  listProjects({ ...input, user_id: personOf(caller), include_content: false }),
);
