import { openExportLink as operation } from "@/lib/contract/exports";
import { openExportLink } from "@/lib/domains/exports/export-links";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => openExportLink(input));
