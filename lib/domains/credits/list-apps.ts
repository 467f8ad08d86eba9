import "server-only";
import { prisma } from "@/lib/database/client";

/** The apps that have a row in a person's ledger, by name: what a statement can be filtered by. */
export async function listLedgerApps(userId: string): Promise<string[]> {
  const groups = await prisma().creditTransaction.groupBy({ by: ["app_name"], where: { user_id: userId } });
  return groups.map((group) => group.app_name).sort();
}
