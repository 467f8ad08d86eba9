import { giveBonusCredits as operation } from "@/lib/contract/credits";
import { giveBonusCredits } from "@/lib/domains/credits/give-bonus";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => giveBonusCredits({ ...input, caller }));
