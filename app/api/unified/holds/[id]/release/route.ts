import { releaseHold as operation } from "@/lib/contract/holds";
import { releaseAppHold } from "@/lib/domains/credits/app-holds";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => releaseAppHold({ ...input, caller }));
