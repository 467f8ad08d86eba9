import { Download } from "lucide-react";
import { ButtonLink } from "@/lib/ui/button-link";
import { Coins } from "@/lib/ui/coin";
import { EmptyState } from "@/lib/ui/empty-state";
import { figure } from "@/lib/ui/figure";
import { LinkTabs } from "@/lib/ui/link-tabs";
import { Pager } from "@/lib/ui/pager";
import { Table, Td, Th, Tr } from "@/lib/ui/table";
import { appTitle } from "../../_components/app-names";
import { statementHref, type StatementPage } from "./read-statement";

export type StatementProps = {
  rows: StatementPage;
  /** Every app that there is something of. */
  apps: readonly string[];
  /** The one that is shown, or all. */
  app: string | null;
  totalCount: number;
  newestHref: string | null;
  olderHref: string | null;
};

/** The ledger, newest first. Where it is narrow, day and app stand below what happened. */
export function Statement({ rows, apps, app, totalCount, newestHref, olderHref }: StatementProps) {
  const tabs = [
    { href: statementHref({}), label: "All apps", current: app === null },
    ...apps.map((name) => ({
      href: statementHref({ app: name }),
      label: appTitle(name),
      current: app === name,
    })),
  ];
  return (
    <>
      {apps.length > 1 || app !== null ? <LinkTabs label="Statement by app" items={tabs} /> : null}
      {rows.length === 0 ? (
        <div className="mt-5">
          <EmptyState title={app === null ? "No coin has moved yet" : `Nothing of ${appTitle(app)}`}>
            {app === null
              ? "The first that come or go stand here."
              : "It has neither spent nor given a coin."}
          </EmptyState>
        </div>
      ) : (
        <div className="mt-3">
          <Table caption={app === null ? "Statement of all apps" : `Statement of ${appTitle(app)}`}>
            <thead>
              <tr>
                <Th className="hidden sm:table-cell">Day</Th>
                <Th className="w-full">What</Th>
                <Th className="hidden sm:table-cell">App</Th>
                <Th numeric>KU Coins</Th>
                <Th numeric>Balance after</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <StatementRow key={row.id} row={row} />
              ))}
            </tbody>
          </Table>
          <p className="mt-4 text-[0.8125rem] text-faint">
            {totalCount === 1 ? "One line" : `${figure(totalCount)} lines`} in all. Times are in UTC; the
            balance counts what is set aside.
          </p>
          <ButtonLink
            className="mt-3"
            size="sm"
            href={`/api/me/transactions?${new URLSearchParams({ format: "csv", ...(app === null ? {} : { app }) })}`}
            download
          >
            <Download aria-hidden="true" />
            Download as CSV
          </ButtonLink>
        </div>
      )}
      <Pager
        label="Pages of the statement"
        previousHref={newestHref}
        previousLabel="Newest"
        nextHref={olderHref}
        nextLabel="Older"
      />
    </>
  );
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

function StatementRow({ row }: { row: StatementPage[number] }) {
  const at = new Date(row.created_at);
  const when = (
    <time dateTime={row.created_at} className="whitespace-nowrap tabular-nums">
      {day.format(at)} <span className="text-faint">{time.format(at)}</span>
    </time>
  );
  return (
    <Tr>
      <Td className="hidden text-soft sm:table-cell">{when}</Td>
      <Td className="min-w-36">
        <span className="break-words">{row.description}</span>
        {row.project_code ? (
          <span className="block font-mono text-[0.8125rem] text-faint">{row.project_code}</span>
        ) : null}
        <span className="mt-0.5 flex flex-wrap gap-x-2 text-[0.8125rem] text-soft sm:hidden">
          <span>{appTitle(row.app_name)}</span> {when}
        </span>
      </Td>
      <Td className="hidden whitespace-nowrap text-soft sm:table-cell">{appTitle(row.app_name)}</Td>
      <Td numeric>
        <Coins amountCredits={row.amount} signed bare className={row.amount > 0 ? "text-good" : undefined} />
      </Td>
      <Td numeric>
        <Coins amountCredits={row.balance_after} bare />
      </Td>
    </Tr>
  );
}
