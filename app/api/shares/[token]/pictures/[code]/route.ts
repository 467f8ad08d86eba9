import { showSharedPicture as operation } from "@/lib/contract/exports";
import { showSharedPicture } from "@/lib/domains/exports/pictures";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => showSharedPicture(input));
