import { addCreditsLegacy } from "@/lib/contract/credits";
import { addCreditsInOlderShape } from "@/lib/domains/credits/add-credits-in-older-shape";
import { route } from "@/lib/http/route";

export const POST = route(addCreditsLegacy, ({ caller, input }) =>
  addCreditsInOlderShape({ ...input, caller }),
);
