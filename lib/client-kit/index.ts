import { PenoraBalance } from "./balance-element";

export type { Balance, BrowserToken } from "./balance-element";
export { PenoraBalance } from "./balance-element";
export type { Hold, HoldOptions } from "./hold";
export type { CallOptions, Failure, Input, OperationName, Output, PenoraOptions } from "./penora";
export { Penora } from "./penora";
export { PenoraError } from "./penora-error";

if (globalThis.customElements !== undefined && customElements.get("penora-balance") === undefined)
  customElements.define("penora-balance", PenoraBalance);
