import "server-only";
import { redirect } from "next/navigation";
import { appName } from "@/lib/contract/fields";
import { listTransactions } from "@/lib/domains/credits/list-transactions";
import { AppError } from "@/lib/foundation/app-error";

const ROWS = 20;

export type StatementQuery = Record<string, string | string[] | undefined>;

export type StatementPage = Awaited<ReturnType<typeof listTransactions>>["all_transactions"];

/** The address of a page of the statement; the first page of all apps is the account itself. */
export function statementHref(query: StatementQuery): string {
  const kept = new URLSearchParams();
  for (const name of ["app", "cursor"]) {
    const value = query[name];
    if (typeof value === "string" && value !== "") kept.set(name, value);
  }
  return kept.size === 0 ? "/account" : `/account?${kept}`;
}

/** A page of the person's ledger under the filter of the address. One that leads nowhere leads to the beginning. */
export async function readStatement(userId: string, query: StatementQuery) {
  const app = typeof query.app === "string" ? appName.safeParse(query.app).data : undefined;
  const cursor = typeof query.cursor === "string" ? query.cursor : undefined;
  try {
    const page = await listTransactions({ user_id: userId, limit: ROWS, app, cursor });
    return {
      rows: page.all_transactions,
      app: app ?? null,
      totalCount: page.total_count,
      newestHref: cursor === undefined ? null : statementHref({ app }),
      olderHref: page.next_cursor === null ? null : statementHref({ app, cursor: page.next_cursor }),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_request") redirect("/account");
    throw error;
  }
}
