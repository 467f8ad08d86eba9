import * as operations from "@/lib/contract/exports";
import { listShares, shareProject } from "@/lib/domains/exports/shares";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operations.listMyShares, ({ caller, input }) =>
  listShares({ ...input, user_id: personOf(caller) }),
);

export const POST = route(operations.shareMyProject, ({ caller, input }) =>
  shareProject({ ...input, user_id: personOf(caller) }),
);
