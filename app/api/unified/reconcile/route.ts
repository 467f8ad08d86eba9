import { reconcile as operation } from "@/lib/contract/usage";
import { reconcile } from "@/lib/domains/credits/reconcile";
import { route } from "@/lib/http/route";

export const GET = route(operation, () => reconcile());
