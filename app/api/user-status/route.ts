import { userStatus } from "@/lib/contract/accounts";
import { viewerStatus } from "@/lib/domains/sessions/viewer-status";
import { route } from "@/lib/http/route";

export const GET = route(userStatus, ({ caller, request }) =>
  viewerStatus(caller.userId, request.headers.get("cookie")),
);
