import { env } from "@/lib/foundation/env";

/** Set by our own server from the socket; a client's own is removed there. */
export const PEER_HEADER = "x-penora-peer";

/**
 * The address that asks: the socket's, or the hop that TRUST_PROXY names, counted from the right of X-Forwarded-For.
 * What a client writes further left is never believed.
 */
export function peerOf(request: { readonly headers: Pick<Headers, "get"> }): string {
  const { trustProxy } = env();
  if (trustProxy > 0) {
    const hops = (request.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
    const hop = hops.at(-trustProxy);
    if (hop) return hop;
  }
  return request.headers.get(PEER_HEADER) ?? "unknown";
}
