import { createBrowserToken as operation } from "@/lib/contract/live";
import { createBrowserToken } from "@/lib/domains/api-keys/browser-token";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) => createBrowserToken({ ...input, caller }));
