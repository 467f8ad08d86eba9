import { getVersion as operation } from "@/lib/contract/versions";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { getVersion } from "@/lib/domains/workspace/versions";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  getVersion({ ...input, user_id: ownerOf(caller) }),
);
