import "server-only";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";

/** The signed-in person, whose projects a page's door is about. @throws `not_signed_in`. */
export function ownerOf(caller: Caller): string {
  if (caller.userId === null) throw new AppError("not_signed_in");
  return caller.userId;
}
