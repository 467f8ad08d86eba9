import { getMyExportFormats as operation } from "@/lib/contract/exports";
import { getExportFormats } from "@/lib/domains/exports/export-project";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  getExportFormats({ ...input, user_id: ownerOf(caller) }),
);
