import { updateUser as operation } from "@/lib/contract/low-balance";
import { updateUser } from "@/lib/domains/credits/update-user";
import { route } from "@/lib/http/route";

export const PATCH = route(operation, ({ caller, input }) => updateUser({ ...input, caller }));
