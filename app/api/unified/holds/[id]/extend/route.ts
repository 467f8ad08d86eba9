import { extendHold as operation } from "@/lib/contract/holds";
import { extendAppHold } from "@/lib/domains/credits/app-holds";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => extendAppHold({ ...input, caller }));
