import * as operations from "@/lib/contract/older";
import { readCredits, syncCredits } from "@/lib/domains/credits/sync-credits";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operations.readCredits, ({ caller }) => readCredits(personOf(caller)));

export const POST = route(operations.syncCredits, ({ caller }) => syncCredits(personOf(caller)));
