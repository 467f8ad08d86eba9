import "server-only";
import { GENERATION_EVENTS, type GenerationEventKind, type GenerationStatus } from "@/lib/contract/studio";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import { recoverOf } from "./recover-generations";
import { findGeneration } from "./read-generation";
import { ensureRunner, isRunningHere } from "./runners";
import { EVENTS } from "./find-statements";
import { listenForWakeUps } from "./wake-followers";

interface FollowRequest {
  readonly caller: Caller;
  readonly id: string;
  /** The number of the last event that the follower has: what its browser remembers goes before what the page knew. */
  readonly lastEventId: string | null;
  readonly after?: number | undefined;
  /** Ends when the follower goes away. */
  readonly signal: AbortSignal;
  /** Asked every few seconds: a stream ends with the session that it was opened in. */
  readonly isAllowed?: () => Promise<boolean>;
}

type FollowInput = Pick<FollowRequest, "id" | "signal" | "isAllowed"> & { readonly userId: string };

/** An event of the stream; one without data only keeps the connection open. */
export interface FollowEvent {
  readonly id?: string;
  readonly event?: GenerationEventKind;
  readonly data?: unknown;
}

interface Look {
  readonly status: GenerationStatus;
  readonly last_seq: number;
  readonly unclaimed: boolean;
  readonly events: readonly { seq: number; kind: GenerationEventKind; data: unknown }[];
}

const ELSEWHERE_POLL_MS = 300;
const HERE_POLL_MS = 2_000;
const COMMENT_MS = 15_000;
const ALLOWED_MS = 5_000;

/**
 * What happened in a generation behind event `after`, and what happens until its round ends; then the stream ends.
 * Numbers rise by one, so that nothing is missing and nothing comes twice; where the log no longer reaches back so far,
 * one `state` event stands for all of it.
 * @throws `not_found` before the stream begins.
 */
export async function followGeneration(
  request: FollowRequest,
): Promise<{ events: AsyncGenerator<FollowEvent, void, undefined> }> {
  const input = { ...request, userId: personOf(request.caller) };
  const { lastEventId } = request;
  await recoverOf(input.userId);
  const after =
    lastEventId !== null && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : (request.after ?? 0);
  if ((await look(input, after)) === null) throw new AppError("not_found");
  return { events: follow(input, after) };
}

async function* follow(input: FollowInput, from: number): AsyncGenerator<FollowEvent, void, undefined> {
  const { userId, id, signal } = input;
  const wakeUps = listenForWakeUps(id);
  let after = from;
  let lastSaid = Date.now();
  let lastAllowed = Date.now();
  let carried: { done: boolean } | null = null;
  try {
    while (!signal.aborted) {
      const now = await look(input, after);
      if (now === null) return;
      if (reachesBack(now, after)) {
        for (const { seq, kind, data } of now.events) {
          yield { id: String(seq), event: kind, data };
          after = seq;
        }
      } else {
        const state = await findGeneration(userId, id);
        if (state === null) return;
        after = state.generation.last_event_id;
        yield { id: String(after), event: "state", data: GENERATION_EVENTS.state.parse(state) };
      }
      if (now.events.length > 0) {
        lastSaid = Date.now();
        continue;
      }
      if (now.status !== "writing") return;
      // The page that this request carried is written; the next one is the next request's.
      if (carried?.done && now.unclaimed) return;
      if (now.unclaimed && carried === null) carried = await carry(userId, id);
      if (Date.now() - lastAllowed >= ALLOWED_MS) {
        if (input.isAllowed !== undefined && !(await input.isAllowed())) return;
        lastAllowed = Date.now();
      }
      if (Date.now() - lastSaid >= COMMENT_MS) {
        lastSaid = Date.now();
        yield {};
      }
      await wakeUps.next(isRunningHere(id) ? HERE_POLL_MS : ELSEWHERE_POLL_MS, signal);
    }
  } finally {
    wakeUps.close();
  }
}

async function look({ userId, id }: FollowInput, after: number): Promise<Look | null> {
  const [row] = await database.query<Look>(EVENTS, [userId, id, after]);
  return row ?? null;
}

/** False where events are missing between what the follower has and what the log holds, or it claims to have more. */
function reachesBack({ events, last_seq: last }: Look, after: number): boolean {
  const [next] = events;
  return next === undefined ? after === last : next.seq === after + 1;
}

/** Where a page is one request, this one writes the next page, unless another does already. */
async function carry(userId: string, id: string): Promise<{ done: boolean } | null> {
  const runner = await ensureRunner(userId, id);
  if (runner === null) return null;
  const carried = { done: false };
  void runner.ended.then(() => (carried.done = true));
  return carried;
}
