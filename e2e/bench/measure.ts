import type { Figures } from "./load";
import type { Penora } from "./servers";
import type { Stage } from "./stage";

/** What a measure is given. */
export interface Bench {
  readonly stage: Stage;
  readonly penora: Penora;
  readonly barePort: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export interface Measure {
  readonly name: string;
  /** The measure that says how fast it could be; `name` of another one. */
  readonly limit?: string;
  /** Null where this machine lacks what it needs. @throws where what was answered is not what the database has. */
  run(bench: Bench): Promise<Figures | null>;
}

export const CONNECTIONS = 64;
