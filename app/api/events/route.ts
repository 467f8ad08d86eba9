import { followMyBalance as operation } from "@/lib/contract/live";
import { followMyBalance } from "@/lib/domains/live/follow-balance";
import { route } from "@/lib/http/route";

/** Seconds, where the platform ends requests: whoever follows comes back. */
export const maxDuration = 300;

export const GET = route(operation, ({ caller, request, signal }) =>
  followMyBalance({ caller, lastEventId: request.headers.get("last-event-id"), signal }),
);
