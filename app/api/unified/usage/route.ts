import { getUsage as operation } from "@/lib/contract/usage";
import { getUsage } from "@/lib/domains/credits/get-usage";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => getUsage(input));
