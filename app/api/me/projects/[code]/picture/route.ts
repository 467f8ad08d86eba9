import { showMyPicture as operation } from "@/lib/contract/exports";
import { showPicture } from "@/lib/domains/exports/pictures";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  showPicture({ ...input, user_id: ownerOf(caller) }),
);
