import "server-only";
import { isPictureType } from "@/lib/contract/picture";
import { describeStorage } from "@/lib/contract/storage";
import { MAX_PROJECTS } from "@/lib/contract/workspace";
import type { Connection } from "@/lib/database/client";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import type { Recorded } from "@/lib/foundation/recorded";
import { FIND_STATE, type StateRow } from "./statements";

/** What a command needs to know of who asks. */
export type Writer = Pick<Caller, "kind" | "app" | "admin" | "idempotency">;

/** The app whose projects a caller may write; null for all: an admin's, and those of the signed-in owner. */
export function writableApp({ kind, app, admin }: Writer): string | null {
  return admin || kind === "session" ? null : app;
}

/** What a command wanted, so that its refusal can be explained. */
export interface Demand {
  readonly userId: string;
  /** The project that must be there: among the living, or in the bin. */
  readonly project?: { readonly code: string; readonly place: "workspace" | "bin" };
  readonly app: string | null;
  readonly version?: number | undefined;
  /** The bytes of the new content; undefined where it stays. */
  readonly sizeBytes?: number | undefined;
  /** The new content can be shown as a picture. */
  readonly picture?: boolean | undefined;
  /** What was to be brought back is there no longer. */
  readonly gone?: boolean;
}

const ATTEMPTS = 3;

/**
 * Runs a command whose guard is its own statement. Where it moved nothing the reason is read afterwards; where by then
 * there is none, because somebody made room meanwhile, the command is run again.
 */
export async function runGuarded<T>(
  run: () => Promise<Recorded<T> | null>,
  demanded: Demand | (() => Promise<Demand>),
  connection: Connection,
): Promise<Recorded<T>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const done = await run();
    if (done !== null) return done;
    const demand = typeof demanded === "function" ? await demanded() : demanded;
    const [state] = await connection.query<StateRow>(FIND_STATE, [
      demand.userId,
      demand.project?.code ?? null,
    ]);
    const refusal = explain(state, demand);
    if (refusal !== null) throw refusal;
  }
  throw new AppError("unavailable", { retryAfterSeconds: 1, internal: "refused for no reason that lasts" });
}

function explain(state: StateRow | undefined, demand: Demand): AppError | null {
  if (demand.project === undefined)
    return state === undefined ? noSuchUser() : explainSpace(state, demand, 0);
  const inBin = state?.deleted_at !== null;
  if (!state?.code || inBin !== (demand.project.place === "bin")) return new AppError("project_not_found");
  if (demand.app !== null && state.app_source !== demand.app) return wrongApp(state.app_source, demand.app);
  if (demand.version !== undefined && state.version !== demand.version)
    return conflict(state, demand.version);
  if (demand.gone === true) return new AppError("not_found", { message: "This version is gone." });
  if (demand.picture === false && isPictureType(state.project_type)) return noPicture();
  return explainSpace(state, demand, inBin ? 0 : state.size_bytes);
}

function explainSpace(state: StateRow, demand: Demand, replacedBytes: number): AppError | null {
  const adds = demand.project === undefined || demand.project.place === "bin";
  if (adds && state.project_count >= MAX_PROJECTS) {
    return full(state, `You have ${inWords(MAX_PROJECTS)} projects, which is the most. Delete some first.`);
  }
  const needed = (demand.sizeBytes ?? state.size_bytes) - replacedBytes;
  const left = Math.max(0, state.storage_limit_bytes - state.storage_used_bytes);
  return needed > left
    ? full(state, `You have ${inWords(left)} bytes left but this needs ${inWords(needed)}`)
    : null;
}

function full(state: StateRow, details: string): AppError {
  const { storage_used_bytes, storage_limit_bytes, project_count } = state;
  return new AppError("storage_limit_exceeded", {
    details,
    extra: { storage: describeStorage(storage_used_bytes, storage_limit_bytes, project_count) },
  });
}

function conflict(state: StateRow, version: number): AppError {
  return new AppError("version_conflict", {
    details: `You changed version ${version} but version ${state.version} is stored`,
    extra: {
      project_code: state.code,
      version: state.version,
      title: state.title,
      updated_at: toTimestamp(state.updated_at),
    },
  });
}

function wrongApp(owner: string, app: string): AppError {
  return new AppError("app_mismatch", {
    message: `This project belongs to ${owner}; ${app} can read it but not change it.`,
    details: { app, project_app: owner },
  });
}

/** `invalid_request` for a picture that is none. */
export function noPicture(): AppError {
  return new AppError("invalid_request", {
    message:
      "Invalid request: content must be a picture: a data: URL of PNG, JPEG, WebP or GIF, an https URL, or base64 of one",
    details: { field: "content", problem: "is no picture" },
  });
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}
