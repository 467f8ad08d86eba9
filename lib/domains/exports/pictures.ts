import "server-only";
import { readPicture } from "@/lib/contract/picture";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { bytesOfPicture } from "./picture-bytes";
import { FIND_PICTURES, FIND_SHARED_PICTURE } from "./statements";

/** A picture for an image of a page: its bytes, or the https address at which it lies and which we don't fetch. */
export type ShownPicture =
  | { readonly picture: Uint8Array<ArrayBuffer>; readonly contentType: `image/${string}` }
  | { readonly pictureAt: string };

/** A picture of this person. @throws `project_not_found`, also where the project is no picture. */
export async function showPicture(input: { user_id: string; code: string }): Promise<ShownPicture> {
  const [row] = await database.query<{ content: string }>(FIND_PICTURES, [input.user_id, [input.code]]);
  const shown = row === undefined ? null : toShown(row.content);
  if (shown === null) throw new AppError("project_not_found");
  return shown;
}

/** A picture that a link shows, alone or in a text. @throws `not_found`. */
export async function showSharedPicture(input: { token: string; code: string }): Promise<ShownPicture> {
  const [row] = await database.query<{ content: string }>(FIND_SHARED_PICTURE, [input.token, input.code]);
  const shown = row === undefined ? null : toShown(row.content);
  if (shown === null) throw new AppError("not_found");
  return shown;
}

function toShown(content: string): ShownPicture | null {
  const picture = readPicture(content);
  if (picture === null) return null;
  if (picture.kind === "address") return { pictureAt: new URL(picture.url).href };
  return { picture: bytesOfPicture(picture), contentType: `image/${picture.format}` };
}
