import { showMyPicture as operation } from "@/lib/contract/exports";
import { showPicture } from "@/lib/domains/exports/pictures";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  showPicture({ ...input, user_id: personOf(caller) }),
);
