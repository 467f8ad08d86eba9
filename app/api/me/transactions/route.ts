import { listMyTransactions as operation } from "@/lib/contract/credits";
import { readMyTransactions } from "@/lib/domains/credits/transactions-file";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input, format }) =>
  readMyTransactions({ ...input, user_id: personOf(caller), format: input.format ?? format }),
);
