import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import {
  EXPORT_FORMATS,
  type ExportFormat,
  FILE_FORMATS,
  type FileFormat,
} from "@/lib/contract/export-format";
import { EXPORT_LINK_SECONDS } from "@/lib/contract/exports";
import { findOwnerOfSession } from "@/lib/domains/sessions/read-session";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { nowInSeconds, toTimestamp } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";
import { type ExportedFile, exportProject, requireExportable } from "./export-project";
import { type ExportedWorkspace, exportWorkspace, listCodes } from "./export-workspace";

/**
 * What a link is for. It names the session that asked for it, and no person: signing out, here or everywhere, ends the
 * link with the session, and an address that is passed on tells nobody's id.
 */
const ticket = z.union([
  z.strictObject({
    session: z.uuid(),
    expires: z.int(),
    code: z.string(),
    version: z.int(),
    format: z.enum(EXPORT_FORMATS),
  }),
  z.strictObject({
    session: z.uuid(),
    expires: z.int(),
    codes: z.array(z.string()).nullable(),
    format: z.enum(FILE_FORMATS),
  }),
]);
type Ticket = z.infer<typeof ticket>;

interface ExportLink {
  readonly url: string;
  readonly expires_at: string;
}

/** A link to one file. @throws `project_not_found`, `not_drawable`: what can be known before is said now. */
export async function createExportLink(
  caller: Caller,
  { code, format }: { code: string; format: ExportFormat },
): Promise<ExportLink> {
  const { userId, session } = sessionOf(caller);
  const found = await requireExportable({ user_id: userId, code, format });
  return linkTo({ session, expires: expiry(), format, ...found });
}

/** A link to a ZIP of several projects, or of all. @throws `project_not_found`. */
export async function createWorkspaceLink(
  caller: Caller,
  { codes, format }: { codes?: readonly string[] | undefined; format: FileFormat },
): Promise<ExportLink> {
  const { userId, session } = sessionOf(caller);
  await listCodes({ user_id: userId, codes });
  return linkTo({ session, expires: expiry(), codes: codes === undefined ? null : [...codes], format });
}

/**
 * The file behind a link. Whoever has the link needs no cookie.
 * @throws `not_found` where the link is none, is past its time, or its session has ended; else as `exportProject`.
 */
export async function openExportLink({
  link_token: token,
}: {
  link_token: string;
}): Promise<ExportedFile | ExportedWorkspace> {
  const opened = openTicket(token);
  const userId = opened === null ? null : await findOwnerOfSession(opened.session);
  if (opened === null || userId === null) {
    throw new AppError("not_found", { message: "This link is no longer good. Go back and export again." });
  }
  if ("code" in opened) return exportProject({ ...opened, user_id: userId });
  return exportWorkspace({ user_id: userId, format: opened.format, codes: opened.codes ?? undefined });
}

function sessionOf({ userId, sessionId }: Caller): { userId: string; session: string } {
  if (userId === null || sessionId === null) throw new AppError("not_signed_in");
  return { userId, session: sessionId };
}

function expiry(): number {
  return nowInSeconds() + EXPORT_LINK_SECONDS;
}

function linkTo(made: Ticket): ExportLink {
  const body = Buffer.from(JSON.stringify(made)).toString("base64url");
  const token = `${body}.${sign(body).toString("base64url")}`;
  return {
    url: `${env().appUrl}/api/export-links/open?link_token=${token}`,
    expires_at: toTimestamp(new Date(made.expires * 1_000)),
  };
}

function openTicket(token: string): Ticket | null {
  const [body = "", signature = "", ...more] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const right = sign(body);
  if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const read = ticket.safeParse(JSON.parse(Buffer.from(body, "base64url").toString()));
  return read.success && nowInSeconds() < read.data.expires ? read.data : null;
}

/** With a key of its own: nothing else that the session secret signs is a link, and no link is anything else. */
function sign(body: string): Buffer {
  const key = hkdfSync("sha256", env().sessionSecret, "penora", "export links", 32);
  return createHmac("sha256", Buffer.from(key)).update(body).digest();
}
