import type { Quote } from "@/lib/contract/quote";
import { findObstacle, type Obstacle } from "../../_components/studio/price-words";

/** What a person has to write with. */
export interface Means {
  /** Whole coins. */
  readonly balance: number;
  readonly freeBytes: number;
  readonly topupUrl: string;
  /** Null where writing is not available. */
  readonly writer: { readonly demoLabel: string | null } | null;
}

export const NO_WRITER = "Writing is not available: this server has no model to write with.";

/** Why something can't be begun, with the way out; null where it can. */
export function obstacleTo(means: Means, price: Quote, neededBytes: number): Obstacle | null {
  if (means.writer === null) return { kind: "form", text: NO_WRITER };
  return findObstacle(means, price, neededBytes);
}
