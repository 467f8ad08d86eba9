import { storageStats as operation } from "@/lib/contract/workspace";
import { getStorageStats } from "@/lib/domains/workspace/storage-stats";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ input }) => getStorageStats(input));
