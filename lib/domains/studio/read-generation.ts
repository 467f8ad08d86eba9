import "server-only";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type {
  GenerationKind,
  getGeneration as getOperation,
  listGenerations as listOperation,
} from "@/lib/contract/studio";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import {
  type GenerationRow,
  type PieceCountRow,
  type PieceRow,
  type SettlementRow,
  toPieces,
  toSummary,
} from "./generation-row";
import { makeCursor, parseCursor } from "./list-cursor";
import { FIND_WHOLE, LAST_SETTLEMENTS, LIST, PIECE_COUNTS } from "./find-statements";

type Whole = OutputOf<typeof getOperation>;
type Page = OutputOf<typeof listOperation>;
type WholeRow = GenerationRow & { pieces: PieceRow[]; settlement: SettlementRow | null };

/** A text with its pages and the number of the event that it is as new as; null where the person has no such text. */
export async function findGeneration(userId: string, id: string): Promise<Whole | null> {
  const [row] = await database.query<WholeRow>(FIND_WHOLE, [userId, id]);
  if (row === undefined) return null;
  return {
    generation: toSummary(row, row.pieces, row.settlement ?? undefined),
    pieces: toPieces(row, row.pieces),
  };
}

/** @throws `not_found`, also for a text of another person. */
export async function getGeneration({ caller, id }: { caller: Caller; id: string }): Promise<Whole> {
  const found = await findGeneration(personOf(caller), id);
  if (found === null) throw new AppError("not_found");
  return found;
}

/** A person's texts, newest first, without what is written in them. @throws `invalid_request` for a strange cursor. */
export async function listGenerations({
  caller,
  ...input
}: InputOf<typeof listOperation> & { caller: Caller }): Promise<Page> {
  return listOf(personOf(caller), input);
}

/** As `listGenerations`, for a page that knows whose texts it shows. */
export async function listOf(
  userId: string,
  { kind, limit, cursor }: { kind?: GenerationKind | undefined; limit: number; cursor?: string | undefined },
): Promise<Page> {
  const behind = cursor === undefined ? null : parseCursor(cursor);
  const rows = await database.query<GenerationRow>(LIST, [
    userId,
    limit + 1,
    behind?.at ?? null,
    behind?.id ?? null,
    kind ?? null,
  ]);
  const page = rows.slice(0, limit);
  const ids = page.map(({ id }) => id);
  type Of<T> = T & { generation_id: string };
  const pieces = await database.query<Of<PieceCountRow>>(PIECE_COUNTS, [userId, ids]);
  const settlements = await database.query<Of<SettlementRow>>(LAST_SETTLEMENTS, [userId, ids]);
  const last = page.at(-1);
  return {
    generations: page.map((row) =>
      toSummary(
        row,
        pieces.filter((piece) => piece.generation_id === row.id),
        settlements.find((one) => one.generation_id === row.id),
      ),
    ),
    next_cursor: rows.length > limit && last !== undefined ? makeCursor(last.created_at, last.id) : null,
  };
}
