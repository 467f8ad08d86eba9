/** Requests of one key, where its own limit says nothing else (contract, section 2). */
export const KEY_RATE_LIMIT = { requests_per_second: 1_000, burst: 5_000 };
