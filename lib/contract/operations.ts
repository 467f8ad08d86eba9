import * as accounts from "./accounts";
import * as credits from "./credits";
import * as demo from "./demo";
import * as exports from "./exports";
import * as holds from "./holds";
import * as live from "./live";
import * as lowBalance from "./low-balance";
import * as metrics from "./metrics";
import * as myWorkspace from "./my-workspace";
import type { Method, Operation } from "./operation";
import * as older from "./older";
import * as service from "./service";
import * as story from "./story";
import * as studio from "./studio";
import * as tool from "./tool";
import * as usage from "./usage";
import * as versions from "./versions";
import * as workspace from "./workspace";

const MODULES = [
  accounts,
  credits,
  holds,
  live,
  usage,
  studio,
  story,
  tool,
  workspace,
  myWorkspace,
  versions,
  older,
  metrics,
  exports,
  lowBalance,
  demo,
  service,
] as const;

/** Every operation that Penora has. A door that is not in this list does not exist. */
export const OPERATIONS: readonly Operation[] = MODULES.flatMap((module) =>
  Object.values(module).filter(isOperation),
);

type ValuesOf<M> = M extends unknown ? M[keyof M] : never;

/** Each of them, with its exact types. */
export type DeclaredOperation = Extract<
  ValuesOf<(typeof MODULES)[number]>,
  { readonly id: string; readonly path: string }
>;

/** The id of each of them. */
export type OperationId = DeclaredOperation["id"];

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "path" in value && "response" in value;
}

const PATHS = OPERATIONS.flatMap(({ method, path, aliases = [] }) =>
  [path, ...aliases].map((one) => ({
    method,
    pattern: new RegExp(`^${one.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
  })),
);

/** The methods that a path answers, none where there is no such door. */
export function methodsOf(pathname: string): Method[] {
  return [...new Set(PATHS.filter(({ pattern }) => pattern.test(pathname)).map(({ method }) => method))];
}
