import { followBalance as operation } from "@/lib/contract/live";
import { followBalance } from "@/lib/domains/live/follow-balance";
import { route } from "@/lib/http/route";

/** Seconds, where the platform ends requests: whoever follows comes back. */
export const maxDuration = 300;

export const GET = route(operation, ({ caller, input, request, signal }) =>
  followBalance({ ...input, caller, lastEventId: request.headers.get("last-event-id"), signal }),
);
