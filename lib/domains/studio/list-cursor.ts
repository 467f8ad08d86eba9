import "server-only";
import { AppError } from "@/lib/foundation/app-error";

/** Where a list that goes by time and id goes on. */
export function makeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** @throws `invalid_request` for one that is not ours. */
export function parseCursor(cursor: string): { at: string; id: string } {
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id))
    throw new AppError("invalid_request", { message: "Invalid request: cursor is not one of ours" });
  return { at, id };
}
