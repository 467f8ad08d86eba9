import { ready } from "@/lib/contract/accounts";
import { requireReady } from "@/lib/database/readiness";
import { route } from "@/lib/http/route";

export const GET = route(ready, () => requireReady());
