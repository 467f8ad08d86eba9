import { createUser as operation } from "@/lib/contract/accounts";
import { createUser } from "@/lib/domains/accounts/create-user";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => createUser({ ...input, caller }));
