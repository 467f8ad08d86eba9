/** The time as the contract writes it: ISO 8601 in UTC with `Z`. */
export function toTimestamp(date: Date): string {
  return date.toISOString();
}

/** Seconds since 1970, whole, as JWT claims count. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
