import path from "node:path";
import { closeDatabase } from "@/lib/database/client";
import { runCommand as keys } from "@/lib/domains/api-keys/cli";
import { AppError } from "@/lib/foundation/app-error";
import { EnvError } from "@/lib/foundation/env";
import { startLocalPostgres } from "../../prisma/local";
import { deployMigrations } from "../../prisma/migrations-runner";
import { readSettings } from "./settings";

const DATA_DIR = path.resolve(".penora");
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { keys };

/** `operator.ts <command> …`: an operator's command, with the settings and the database of `npm start`. */
async function main([name = "", ...args]: readonly string[]): Promise<void> {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`There is no command ${name}.`);
  const { variables, ownDatabase } = readSettings("start", process.env, DATA_DIR);
  const local = ownDatabase ? await startLocalPostgres({ dir: DATA_DIR }) : null;
  try {
    Object.assign(process.env, variables, local === null ? {} : { DATABASE_URL: local.url });
    if (local !== null) await deployMigrations(local.url);
    await command(args);
  } finally {
    await closeDatabase();
    await local?.stop();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof AppError || error instanceof EnvError ? error.message : error);
    process.exit(1);
  },
);
