import * as operations from "@/lib/contract/older";
import { readCredits, syncCredits } from "@/lib/domains/credits/sync-credits";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operations.readCredits, ({ caller }) => readCredits(ownerOf(caller)));

export const POST = route(operations.syncCredits, ({ caller }) => syncCredits(ownerOf(caller)));
