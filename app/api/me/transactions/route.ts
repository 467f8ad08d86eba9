import { listMyTransactions as operation } from "@/lib/contract/credits";
import { readMyTransactions } from "@/lib/domains/credits/transactions-file";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input, format }) =>
  readMyTransactions({ ...input, user_id: ownerOf(caller), format: input.format ?? format }),
);
