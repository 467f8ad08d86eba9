import { text } from "./fields";
import { cutText } from "./prompt-input";

/** What may be sent beside a request to draw on, an uploaded file for one; in UTF-16 units. */
export const MAX_CONTEXT_CHARACTERS = 20_000;

/** Material to draw on; it gives no instructions, and changes no price. */
export const context = text(MAX_CONTEXT_CHARACTERS).optional();

/** As much of a text as is sent of it. */
export function contextToSend(whole: string): string {
  return cutText(whole, MAX_CONTEXT_CHARACTERS).toWellFormed();
}
