import { followGeneration as operation } from "@/lib/contract/studio";
import { readSession } from "@/lib/domains/sessions/read-session";
import { followGeneration } from "@/lib/domains/studio/follow-generation";
import { route } from "@/lib/http/route";

/** Seconds, where the platform ends requests: a page is written within one. */
export const maxDuration = 300;

export const GET = route(operation, ({ caller, input, request, signal }) =>
  followGeneration({
    ...input,
    caller,
    lastEventId: request.headers.get("last-event-id"),
    signal,
    isAllowed: async () => (await readSession(request.headers.get("cookie"))) !== null,
  }),
);
