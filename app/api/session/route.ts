import { startSession as operation } from "@/lib/contract/accounts";
import { startSession } from "@/lib/domains/sessions/sign-in";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => startSession(input.auth_token, caller.sessionId));
