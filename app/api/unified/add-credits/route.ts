import { addCredits as operation } from "@/lib/contract/credits";
import { addCredits } from "@/lib/domains/credits/add-credits";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => addCredits({ ...input, caller }));
