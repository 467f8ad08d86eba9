import { BarChart } from "@/lib/ui/bar-chart";
import { coinsInWords } from "@/lib/ui/coin";
import { EmptyState } from "@/lib/ui/empty-state";

const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** What was spent on each day, refunds taken off. */
export function Usage({ days }: { days: readonly { day: string; creditsUsed: number }[] }) {
  const sum = days.reduce((total, { creditsUsed }) => total + creditsUsed, 0);
  if (days.every(({ creditsUsed }) => creditsUsed === 0)) {
    return <EmptyState title="Nothing spent yet">What you spend in the next days is drawn here.</EmptyState>;
  }
  return (
    <>
      <p className="mb-6 text-sm text-soft">{coinsInWords(sum)} in all.</p>
      <BarChart
        caption="KU Coins spent a day, last 30 days"
        labelHeading="Day"
        valueHeading="KU Coins"
        points={days.map(({ day, creditsUsed }) => {
          const date = new Date(`${day}T00:00:00Z`);
          // A day on which more was refunded than spent is no bar below the line.
          return { label: long.format(date), tick: short.format(date), value: Math.max(0, creditsUsed) };
        })}
      />
    </>
  );
}
