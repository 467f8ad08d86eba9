import { getMyExportFormats as operation } from "@/lib/contract/exports";
import { getExportFormats } from "@/lib/domains/exports/export-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  getExportFormats({ ...input, user_id: personOf(caller) }),
);
