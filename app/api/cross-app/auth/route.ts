import { crossAppAuth as operation } from "@/lib/contract/older";
import { signInAcrossApps } from "@/lib/domains/sessions/cross-app-auth";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => signInAcrossApps(input, caller.sessionId));
