import type { SettlementLine } from "@/lib/domains/studio/list-settlements";
import { Coins } from "@/lib/ui/coin";
import { Table, Td, Th, Tr } from "@/lib/ui/table";

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** What each text was settled at: what was set aside for it, what it cost in the end, what came back, and why. */
export function Settlements({ lines }: { lines: readonly SettlementLine[] }) {
  return (
    <div className="mt-3">
      <Table caption="What was written, and what it cost">
        <thead>
          <tr>
            <Th className="w-full">What</Th>
            <Th numeric>Set aside</Th>
            <Th numeric>Charged</Th>
            <Th numeric>Given back</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, what, quoted, charged, released, why, created_at }) => (
            <Tr key={id}>
              <Td className="min-w-36">
                <span className="break-words">{what}</span>
                <span className="mt-0.5 block text-[0.8125rem] text-soft">{why}</span>
                <time dateTime={created_at} className="block text-[0.8125rem] text-faint tabular-nums">
                  {day.format(new Date(created_at))}
                </time>
              </Td>
              <Td numeric>
                <Coins amountCredits={quoted} bare />
              </Td>
              <Td numeric>
                <Coins amountCredits={charged} bare />
              </Td>
              <Td numeric>
                <Coins amountCredits={released} bare />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
