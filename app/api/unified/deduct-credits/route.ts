import { deductCredits as operation } from "@/lib/contract/credits";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => deductCredits({ ...input, caller }));
