import { holdCredits as operation } from "@/lib/contract/holds";
import { holdCredits } from "@/lib/domains/credits/holds";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => holdCredits({ ...input, caller }));
