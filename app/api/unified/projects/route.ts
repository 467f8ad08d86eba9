import { listProjects as operation } from "@/lib/contract/workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => listProjects(input));
