import { parseArgs } from "node:util";
import type { z } from "zod";

/** What a command says: to a person, or with `--json` to a program. */
export interface Said {
  readonly text: string;
  readonly json: object;
  /** Left out: 0. */
  readonly exitCode?: number;
}

/** How the words behind `--name` become a value. */
type Kind = "text" | "number" | "words" | "number or none" | "text or never";

interface Option {
  /** What stands behind it in the help. */
  readonly value: string;
  readonly help: string;
  /** The field of the schema; left out: the option's own name. */
  readonly field?: string;
  readonly kind?: Kind;
}

/** Every verb that changes something may say who does it. */
export const BY: Option = {
  value: "<name>",
  help: "who does it; else the user of this machine",
  field: "by",
};

/** A verb as it is made, with its types. */
export interface Command<S extends z.ZodObject> {
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly schema: S;
  run(input: z.infer<S>): Promise<Said>;
}

/** A verb as it is kept in a list: its types are between itself and its schema. */
export interface AnyCommand {
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly schema: z.ZodObject;
  parse(input: unknown): { run: () => Promise<Said> } | { issue: z.core.$ZodIssue };
}

export function defineCommand<S extends z.ZodObject>(command: Command<S>): AnyCommand {
  return {
    ...command,
    parse: (input) => {
      const parsed = command.schema.safeParse(input);
      if (parsed.success) return { run: () => command.run(parsed.data) };
      return { issue: parsed.error.issues[0] as z.core.$ZodIssue }; // a failure has at least one
    },
  };
}

/** Words that are no command: said with how to get help; nothing was done. */
export class UsageError extends Error {
  override name = "UsageError";
}

export type Commands = Readonly<Record<string, AnyCommand>>;

interface Ready {
  readonly json: boolean;
  readonly run: () => Promise<Said>;
}

/**
 * Reads what follows `npm run <name> --`. Answers what is to be run, or the help that was asked for.
 * @throws UsageError that names the argument.
 */
export function readCommand(name: string, commands: Commands, args: readonly string[]): Ready | string {
  const [verb = "", ...rest] = args;
  if (verb === "" || verb === "--help" || verb === "-h" || verb === "help") return helpOf(name, commands);
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (command === undefined)
    throw new UsageError(`There is no ${verb}. There are: ${Object.keys(commands).join(", ")}.`);
  const { json, help, ...given } = parse(command, rest);
  if (help === true) return helpOfVerb(name, verb, command);
  const input: Record<string, unknown> = {};
  for (const [option, { field = option, kind = "text" }] of Object.entries(command.options)) {
    const value = given[option];
    if (typeof value === "string") input[field] = VALUES[kind](value);
  }
  const wish = command.parse(input);
  if ("run" in wish) return { json: json === true, run: wish.run };
  const field = String(wish.issue.path[0] ?? "");
  const option = Object.keys(command.options).find((one) => (command.options[one]?.field ?? one) === field);
  const missing = input[field] === undefined;
  throw new UsageError(
    `--${option ?? field} ${missing ? "is missing" : wish.issue.message}. Try: npm run ${name} -- ${verb} --help`,
  );
}

const VALUES: Readonly<Record<Kind, (value: string) => unknown>> = {
  text: (value) => value,
  number: toNumber,
  words: (value) =>
    value
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  "number or none": (value) => (value === "none" ? null : toNumber(value)),
  "text or never": (value) => (value === "never" ? null : value),
};

/** What is no plain number stays as it was typed, and is refused by the schema in its own words. */
function toNumber(value: string): unknown {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function parse(command: AnyCommand, args: readonly string[]): Record<string, string | boolean | undefined> {
  const flags = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  const own = Object.fromEntries(
    Object.keys(command.options).map((one) => [one, { type: "string" as const }]),
  );
  try {
    return parseArgs({ args: [...args], options: { ...own, ...flags } }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0], { cause: error });
  }
}

function helpOf(name: string, commands: Commands): string {
  const width = Math.max(...Object.keys(commands).map((verb) => verb.length)) + 2;
  const lines = Object.entries(commands).map(([verb, { summary }]) => `  ${verb.padEnd(width)}${summary}`);
  return [
    `npm run ${name} -- <command> [--json]`,
    "",
    ...lines,
    "",
    `npm run ${name} -- <command> --help tells of one. With --json (and npm run -s) the answer is JSON.`,
    "Exit codes: 0 done, 1 refused or failed, 2 words that are no command.",
  ].join("\n");
}

function helpOfVerb(name: string, verb: string, { summary, options, schema }: AnyCommand): string {
  const lines = Object.entries(options).map(([option, { value, help, field = option }]) => {
    const needed = isRequired(schema, field);
    return `  --${option} ${value}`.padEnd(30) + help + (needed ? " (required)" : "");
  });
  return [
    `npm run ${name} -- ${verb}: ${summary}`,
    "",
    ...lines,
    "  --json".padEnd(30) + "the answer as JSON",
  ].join("\n");
}

function isRequired(schema: z.ZodObject, field: string): boolean {
  const shape = schema.shape[field] as z.ZodType | undefined;
  return shape?.safeParse(undefined).success === false;
}
