import { createMyWorkspaceLink as operation } from "@/lib/contract/exports";
import { createWorkspaceLink } from "@/lib/domains/exports/export-links";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => createWorkspaceLink(caller, input));
