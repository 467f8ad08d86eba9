import { createMyExportLink as operation } from "@/lib/contract/exports";
import { createExportLink } from "@/lib/domains/exports/export-links";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => createExportLink(caller, input));
