import { closeDatabase } from "@/lib/database/client";
import { seedDemo as seed } from "@/lib/domains/demo/seed-demo";

/** Puts the demo's person into the database that `env()` names. Safe to call at every start, also of several at once. */
export async function seedDemo(): Promise<void> {
  try {
    await seed();
  } finally {
    await closeDatabase();
  }
}
