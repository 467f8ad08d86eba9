import { classNames } from "./class-names";
import { figure } from "./figure";

/** "1 KU Coin", "12 KU Coins", "1,250 KU Coins". */
export function coinsInWords(amountCredits: number): string {
  return `${figure(amountCredits)} KU ${Math.abs(amountCredits) === 1 ? "Coin" : "Coins"}`;
}

export type CoinsProps = {
  amountCredits: number;
  /** Shows a plus before what came in, a true minus before what went out. */
  signed?: boolean;
  /** The figure alone to the eye; a screen reader still hears the unit. */
  bare?: boolean;
  className?: string;
};

/** An amount of KU Coins, in figures that stand in columns. */
export function Coins({ amountCredits, signed, bare, className }: CoinsProps) {
  const sign = amountCredits < 0 ? "\u2212" : signed && amountCredits > 0 ? "+" : "";
  const unit = Math.abs(amountCredits) === 1 ? "KU Coin" : "KU Coins";
  return (
    <span className={classNames("whitespace-nowrap tabular-nums", className)}>
      {sign}
      {figure(Math.abs(amountCredits))}
      {bare ? <span className="sr-only"> {unit}</span> : ` ${unit}`}
    </span>
  );
}

/** The coin itself, for eyes only: a ring with a rim. */
export function CoinMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      className={classNames("size-4 shrink-0", className)}
    >
      <circle cx="8" cy="8" r="6.75" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M6.2 4.8v6.4M6.4 8l3.7-3.2M7.5 7.1l2.8 4.1"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </svg>
  );
}
