import { listTransactions as operation } from "@/lib/contract/credits";
import { readTransactions } from "@/lib/domains/credits/transactions-file";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input, format }) => readTransactions({ format, ...input }));
