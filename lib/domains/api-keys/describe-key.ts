import "server-only";
import type { me as operation } from "@/lib/contract/accounts";
import type { OutputOf, Scope } from "@/lib/contract/operation";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";

/** What a key is and may do: the first call of every integrator. The root key is not rate-limited. */
export function describeKey(caller: Caller): OutputOf<typeof operation> {
  return {
    app: caller.app,
    scopes: [...caller.scopes] as Scope[],
    expires_at: caller.expiresAt === null ? null : toTimestamp(caller.expiresAt),
    rate_limit: caller.rateLimit ?? null,
  };
}
