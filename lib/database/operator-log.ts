import "server-only";
import { userInfo } from "node:os";
import { type Connection, database, statement } from "./client";

/*
 * What operators do by hand is written down by the statement, or in the transaction, that does it. The table refuses to
 * be changed. No key and no secret is ever among the details.
 */

/** Who does something by hand, and why. */
export interface Operator {
  readonly who: string;
  /** For keys it may be empty. */
  readonly reason: string;
}

export interface OperatorAction {
  /** `credits grant`, `keys revoke`, … */
  readonly command: string;
  /** A person's id, or an app's name. */
  readonly subject: string;
  /** `done`, `repeated`, or the code of the refusal. */
  readonly result: string;
  readonly details: Record<string, unknown>;
}

export interface NotedAction extends Operator, OperatorAction {
  readonly id: string;
  readonly created_at: Date;
}

/** The operator where none is named: the user of this machine. */
export function operatorOfThisMachine(reason = ""): Operator {
  return { who: userInfo().username, reason };
}

const NOTE = statement(`
  INSERT INTO operator_actions (who, reason, command, subject, result, details)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb)`);

/** Writes down what an operator did: in the transaction that does it, or, of a refusal, on its own. */
export async function noteAction(
  { who, reason }: Operator,
  { command, subject, result, details }: OperatorAction,
  connection: Connection = database,
): Promise<void> {
  await connection.query(NOTE, [who, reason, command, subject, result, JSON.stringify(details)]);
}

const LIST = statement(`
  SELECT id::text, who, reason, command, subject, result, details, created_at FROM operator_actions
  WHERE ($1::text IS NULL OR subject = $1) AND ($2::text IS NULL OR command LIKE $2 || ' %')
  ORDER BY operator_actions.id DESC LIMIT $3`);

/** What operators did, newest first; of one subject, or of one kind (`credits` or `keys`). */
export async function listActions(filter: {
  subject?: string | undefined;
  kind?: "credits" | "keys";
  limit: number;
}): Promise<NotedAction[]> {
  return database.query<NotedAction>(LIST, [filter.subject ?? null, filter.kind ?? null, filter.limit]);
}
