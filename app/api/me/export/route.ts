import { exportMyWorkspace as operation } from "@/lib/contract/exports";
import { exportWorkspace } from "@/lib/domains/exports/export-workspace";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  exportWorkspace({ ...input, user_id: personOf(caller) }),
);
