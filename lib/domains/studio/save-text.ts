import "server-only";
import type { Connection } from "@/lib/database/client";
import { isDeadlock } from "@/lib/database/database-error";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { changeProject } from "@/lib/domains/workspace/update-project";
import { AppError } from "@/lib/foundation/app-error";
import { logger } from "@/lib/foundation/logger";
import { type GenerationRow, type Subject, titleOf } from "./generation-row";
import { PROJECT_TEXT, SAVED } from "./statements";

/** The text could not be put into the workspace; the transaction must be begun anew without that. */
export class SaveFailed extends Error {
  constructor(override readonly cause: unknown) {
    super("a text could not be saved");
  }
}

type PromptRow = GenerationRow & Extract<Subject, { kind: "single-prompt" }>;
type Saved = Pick<GenerationRow, "project_code" | "saved_bytes">;

/** The person is the owner of whatever they have in the workspace. */
const OWNER = { kind: "session", app: "penora", admin: false, idempotency: null } as const;

/**
 * Brings the workspace up to the text, in a transaction that has locked the person and the generation: a new project at
 * first, later what was written since. What its owner changed in it meanwhile stays: their title, their words, and the
 * new text behind them. A project that they deleted is begun anew.
 * @throws `SaveFailed`; `unavailable` where the transaction is to be run again.
 */
export async function saveText(transaction: Connection, generation: PromptRow, text: string): Promise<Saved> {
  const bytes = Buffer.from(text);
  if (bytes.length <= generation.saved_bytes) return generation;
  try {
    const added = bytes.subarray(generation.saved_bytes).toString();
    const code =
      (await append(transaction, generation, added)) ?? (await create(transaction, generation, text));
    await transaction.query(SAVED, [generation.user_id, generation.id, code, bytes.length]);
    return { project_code: code, saved_bytes: bytes.length };
  } catch (error) {
    // Nothing was wrong with the save: the connection was lost, or PostgreSQL wants it anew. The whole transaction is run
    // again, and saves then; a text that counts without being saved would stay out of the workspace.
    if (isDeadlock(error) || (error instanceof AppError && error.code === "unavailable")) throw error;
    if (!(error instanceof AppError && error.code === "storage_limit_exceeded"))
      logger().warn({ err: error, generation_id: generation.id }, "a text could not be saved");
    throw new SaveFailed(error);
  }
}

/** Null where there is no project to go on with. */
async function append(
  transaction: Connection,
  { user_id: userId, project_code: code, label }: GenerationRow,
  added: string,
): Promise<string | null> {
  if (code === null) return null;
  const [project] = await transaction.query<StoredText>(PROJECT_TEXT, [userId, code]);
  if (project === undefined) return null;
  const content = project.content + added;
  await changeProject(
    { user_id: userId, code, content, ...labelled(project, label), caller: OWNER },
    transaction,
  );
  return code;
}

interface StoredText {
  readonly content: string;
  readonly metadata: Record<string, unknown> | null;
}

/** Who wrote a text is said of all of it, also where only its later part was not written by a model. */
export function labelled(
  { metadata }: Pick<StoredText, "metadata">,
  label: string | null,
): { metadata?: Record<string, unknown> } {
  return label === null || metadata?.label === label ? {} : { metadata: { ...metadata, label } };
}

async function create(transaction: Connection, generation: PromptRow, text: string): Promise<string> {
  const { id, user_id: userId, model, pages, label } = generation;
  const { result } = await saveProject(
    {
      user_id: userId,
      app_source: "penora",
      project_type: "text",
      title: titleOf(generation),
      content: text,
      metadata: { generation_id: id, model, pages, ...(label === null ? {} : { label }) },
      caller: OWNER,
    },
    transaction,
  );
  return result.project_code;
}
