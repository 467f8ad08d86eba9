import path from "node:path";
import { closeDatabase } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { EnvError } from "@/lib/foundation/env";
import { startLocalPostgres } from "../../prisma/local";
import { deployMigrations } from "../../prisma/migrations-runner";
import { type Commands, readCommand, type Said, UsageError } from "./operator/command";
import { CREDITS } from "./operator/credits";
import { KEYS } from "./operator/keys";
import { readSettings } from "./settings";

const DATA_DIR = path.resolve(".penora");
const COMMANDS: Readonly<Record<string, Commands>> = { credits: CREDITS, keys: KEYS };

/** `operator.ts <name> …`: an operator's command, with the settings and the database of `npm start`. Answers its exit code. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const commands = COMMANDS[name];
  if (commands === undefined) throw new UsageError(`There is no command ${name}.`);
  const ready = readCommand(name, commands, args);
  if (typeof ready === "string") {
    console.log(ready);
    return 0;
  }
  try {
    const said = await withDatabase(ready.run);
    console.log(ready.json ? JSON.stringify({ success: true, ...said.json }) : said.text);
    return said.exitCode ?? 0;
  } catch (error) {
    if (!ready.json || !(error instanceof AppError)) throw error;
    const { code, message, details = null, extra } = error;
    console.log(JSON.stringify({ success: false, error: message, code, details, ...extra }));
    return 1;
  }
}

async function withDatabase(work: () => Promise<Said>): Promise<Said> {
  const { variables, ownDatabase } = readSettings("start", process.env, DATA_DIR);
  const local = ownDatabase ? await startLocalPostgres({ dir: DATA_DIR }) : null;
  try {
    Object.assign(process.env, variables, local === null ? {} : { DATABASE_URL: local.url });
    if (local !== null) await deployMigrations(local.url);
    return await work();
  } finally {
    await closeDatabase();
    await local?.stop();
  }
}

function explain(error: unknown): unknown {
  if (error instanceof AppError) {
    const { message, details } = error;
    return typeof details === "string" ? `${message}: ${details}` : message;
  }
  return error instanceof EnvError || error instanceof UsageError ? error.message : error;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
