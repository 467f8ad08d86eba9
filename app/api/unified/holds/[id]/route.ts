import { getHold as operation } from "@/lib/contract/holds";
import { getHold } from "@/lib/domains/credits/app-holds";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => getHold(input));
