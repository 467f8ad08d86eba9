import { listProjectsOlder as operation } from "@/lib/contract/older";
import { listProjectsInOlderShape } from "@/lib/domains/workspace/older-projects";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) => listProjectsInOlderShape({ ...input, caller }));
