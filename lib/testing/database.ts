import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { onServer, otherDatabase } from "@/prisma/local/scratch";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
    databaseTemplate: string;
    databasePrefix: string;
  }
}

export interface TestDatabase {
  url: string;
}

let own: Promise<TestDatabase> | undefined;

/**
 * The migrated, empty database of this test file, a clone of the template that the run made once. `DATABASE_URL` names it
 * before the first test, so that rooms and doors find it as they would in production.
 */
export function testDatabase(): Promise<TestDatabase> {
  return (own ??= cloneTemplate());
}

async function cloneTemplate(): Promise<TestDatabase> {
  const name = `${inject("databasePrefix")}_${randomBytes(5).toString("hex")}`;
  await onServer(inject("databaseServer"), `CREATE DATABASE ${name} TEMPLATE ${inject("databaseTemplate")}`);
  const url = otherDatabase(inject("databaseServer"), name);
  process.env.DATABASE_URL = url;
  return { url };
}
