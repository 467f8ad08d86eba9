import * as operations from "@/lib/contract/exports";
import { listShares, shareProject } from "@/lib/domains/exports/shares";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operations.listMyShares, ({ caller, input }) =>
  listShares({ ...input, user_id: ownerOf(caller) }),
);

export const POST = route(operations.shareMyProject, ({ caller, input }) =>
  shareProject({ ...input, user_id: ownerOf(caller) }),
);
