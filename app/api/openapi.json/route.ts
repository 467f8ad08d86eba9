import { openapiDocument } from "@/lib/contract/openapi";
import { openapi } from "@/lib/contract/service";
import { route } from "@/lib/http/route";

export const GET = route(openapi, () => openapiDocument());
