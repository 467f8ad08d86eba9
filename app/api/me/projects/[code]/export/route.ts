import { exportMyProject as operation } from "@/lib/contract/exports";
import { exportProject } from "@/lib/domains/exports/export-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  exportProject({ ...input, user_id: personOf(caller) }),
);
