import { AppError } from "./app-error";
import type { Caller } from "./caller";

/** The signed-in person whom a page's door is about. @throws `not_signed_in` where a door let somebody else in. */
export function personOf(caller: Caller): string {
  if (caller.userId === null) throw new AppError("not_signed_in");
  return caller.userId;
}
