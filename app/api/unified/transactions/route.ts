import { listTransactions as operation } from "@/lib/contract/credits";
import { listTransactions } from "@/lib/domains/credits/list-transactions";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => listTransactions(input));
