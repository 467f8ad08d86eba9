import { readMetrics as operation } from "@/lib/contract/metrics";
import { readMetrics } from "@/lib/domains/metrics/read-metrics";
import { route } from "@/lib/http/route";

export const GET = route(operation, () => readMetrics());
