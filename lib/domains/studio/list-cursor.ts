import "server-only";
import { AppError } from "@/lib/foundation/app-error";

/** Where a list that goes by time and id goes on. */
export function makeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

const TIME = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws `invalid_request` for one that is not ours. */
export function parseCursor(cursor: string): { at: string; id: string } {
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  // PostgreSQL must be able to read both, or a strange cursor would look like a fault of ours.
  if (!TIME.test(at) || Number.isNaN(Date.parse(at)) || !ID.test(id))
    throw new AppError("invalid_request", { message: "Invalid request: cursor is not one of ours" });
  return { at, id };
}
