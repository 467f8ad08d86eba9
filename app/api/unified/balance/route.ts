import { getBalance as operation } from "@/lib/contract/live";
import { getBalance } from "@/lib/domains/live/get-balance";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => getBalance(input));
