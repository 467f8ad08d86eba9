import { getProjectOlder as operation } from "@/lib/contract/older";
import { getProjectInOlderShape } from "@/lib/domains/workspace/older-projects";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) => getProjectInOlderShape({ ...input, caller }));
