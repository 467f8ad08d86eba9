import "server-only";
import { AppError } from "@/lib/foundation/app-error";
import { pendingMigrations } from "@/prisma/migrations-runner";
import { pool } from "./client";

const PATIENCE_MS = 2_000;

/**
 * Answers where the database answers within two seconds and has every migration.
 * @throws `unavailable`: send no requests here yet.
 */
export async function requireReady(): Promise<{ status: "ready" }> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(notReady("the database did not answer in time")), PATIENCE_MS);
  });
  try {
    const pending = await Promise.race([pendingMigrations(pool()), tooLate]);
    if (pending.length > 0) throw notReady(`migrations are missing: ${pending.join(", ")}`);
    return { status: "ready" };
  } catch (error) {
    throw error instanceof AppError ? error : notReady("the database does not answer", error);
  } finally {
    clearTimeout(timer);
  }
}

function notReady(internal: string, cause?: unknown): AppError {
  return new AppError("unavailable", { retryAfterSeconds: 1, internal, cause });
}
