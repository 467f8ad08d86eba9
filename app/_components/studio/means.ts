import type { BalanceNews } from "@/lib/client/balance-news";
import type { Quote } from "@/lib/contract/quote";
import { findObstacle, type Obstacle } from "./price-words";

/** Who writes; null where writing is not available. */
export type Writer = { readonly demoLabel: string | null } | null;

/** What a person has to write with. */
export interface Means {
  /** Whole coins. */
  readonly balance: number;
  readonly freeBytes: number;
  readonly topupUrl: string;
  readonly writer: Writer;
}

/** The same as a page comes with it: the balance is followed from there. */
export type MeansAtFirst = Omit<Means, "balance"> & { readonly balance: Required<BalanceNews> };

export const NO_WRITER: Obstacle = {
  kind: "form",
  text: "Writing is not available: this server has no model to write with.",
};

/** Why something can't be begun, with the way out; null where it can. */
export function obstacleTo(means: Means, price: Quote, neededBytes: number): Obstacle | null {
  return means.writer === null ? NO_WRITER : findObstacle(means, price, neededBytes);
}
