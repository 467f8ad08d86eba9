import { refundCredits as operation } from "@/lib/contract/credits";
import { refundCredits } from "@/lib/domains/credits/refund-credits";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => refundCredits({ ...input, caller }));
