/** Requests of one key (contract, section 2). */
export const KEY_RATE_LIMIT = { requests_per_second: 1_000, burst: 5_000 };
