import { endSession as operation } from "@/lib/contract/accounts";
import { endSession } from "@/lib/domains/sessions/end-session";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => endSession(caller, input.everywhere));
