import { captureHold as operation } from "@/lib/contract/holds";
import { captureAppHold } from "@/lib/domains/credits/app-holds";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => captureAppHold({ ...input, caller }));
