import "server-only";
import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";

/** The demo's secret. @throws `not_found` where there is no demo: its doors do not exist then. */
export function requireDemo(): string {
  const { demoSecret } = env();
  if (demoSecret === null) throw new AppError("not_found");
  return demoSecret;
}
