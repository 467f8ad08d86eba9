import "server-only";
import type { listMyTransactions, listTransactions as operation } from "@/lib/contract/credits";
import type { Format, InputOf, OutputOf } from "@/lib/contract/operation";
import { BYTE_ORDER_MARK, csvLine } from "./csv";
import { eachTransaction, listTransactions, type TransactionFilter } from "./list-transactions";
import { getUserInfo } from "./user-info";

type Input = InputOf<typeof operation>;
type Output = OutputOf<typeof operation>;
type Item = Output["all_transactions"][number];

interface CsvFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: AsyncIterable<string>;
}

const COLUMNS = [
  "id",
  "created_at",
  "app_name",
  "transaction_type",
  "amount",
  "balance_after",
  "description",
  "project_code",
  "metadata",
] as const;

/** So many rows are in memory at a time, and the next only when the client has taken them. */
const ROWS_AT_ONCE = 1_000;

/** For programs: a page of the ledger as JSON, or all of it under the filters as CSV. @throws as `listTransactions`. */
export async function readTransactions(input: Input & { format: Format }): Promise<Output | CsvFile> {
  return input.format === "csv" ? csvFile(input, describe) : listTransactions(input);
}

/** For people: their CSV opens in a spreadsheet, with times that it takes for times. @throws as `listTransactions`. */
export async function readMyTransactions(
  input: InputOf<typeof listMyTransactions> & { user_id: string; format: Format },
): Promise<Output | CsvFile> {
  if (input.format !== "csv") return listTransactions(input);
  const toRow = (item: Item) =>
    describe({ ...item, created_at: item.created_at.slice(0, 19).replace("T", " ") });
  return csvFile(input, toRow, BYTE_ORDER_MARK);
}

type Row = readonly (string | number | null)[];

async function csvFile(filter: TransactionFilter, toRow: (item: Item) => Row, mark = ""): Promise<CsvFile> {
  // A person who is not there is said before the file begins.
  await getUserInfo({ user_id: filter.user_id });
  const today = new Date().toISOString().slice(0, 10);
  return {
    filename: ["penora-statement", ...(filter.app === undefined ? [] : [filter.app]), `${today}.csv`].join(
      "-",
    ),
    contentType: "text/csv; charset=utf-8; header=present",
    content: csvOf(filter, toRow, mark),
  };
}

async function* csvOf(
  filter: TransactionFilter,
  toRow: (item: Item) => Row,
  mark: string,
): AsyncGenerator<string> {
  yield mark + csvLine(COLUMNS);
  for await (const items of eachTransaction(filter, ROWS_AT_ONCE)) {
    yield items.map((item) => csvLine(toRow(item))).join("");
  }
}

function describe(item: Item): Row {
  return COLUMNS.map((column) => {
    if (column === "metadata") return item.metadata === null ? null : JSON.stringify(item.metadata);
    return item[column];
  });
}
