/** `npm run bench`: how fast Penora is, beside what this machine could do at best, measured in the same run. */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { ensureBuilt } from "@/lib/server/build";
import { EDITOR } from "./editor";
import { EXPORTS } from "./exports";
import { LIMITS } from "./limits";
import type { Figures } from "./load";
import type { Bench, Measure } from "./measure";
import { PAGES } from "./pages";
import { startBare, startPenora } from "./servers";
import { onStage, type Stage } from "./stage";
import { printTable } from "./table";
import { UNIFIED } from "./unified";

const USAGE = `npm run bench -- [--only <words>] [--seconds 5] [--server <file>]
  --only      measures whose name holds these words, and their limits; may be given several times
  --seconds   how long each is measured, after a second of warming up
  --server    another bundle of the server than the built one`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    seconds: { type: "string", default: "5" },
    server: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

/** What was asked for. A limit comes right before what is held against it: other work on the machine comes and goes. */
function chosen(words: readonly string[]): Measure[] {
  const ours = [...UNIFIED, ...PAGES, ...EXPORTS, ...EDITOR];
  const limited = ours.flatMap((m) => [...LIMITS.filter(({ name }) => name === m.limit), m]);
  const all = [...new Set([...LIMITS.filter((limit) => !limited.includes(limit)), ...limited])];
  const asked = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const limits = new Set(asked.map(({ limit }) => limit));
  return all.filter((measure) => asked.includes(measure) || limits.has(measure.name));
}

async function bench(stage: Stage, measures: readonly Measure[], seconds: number): Promise<boolean> {
  const { rows } = await stage.database.query<{ server_version: string }>("SHOW server_version");
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`;
  console.log(
    `${cores}, Node ${process.versions.node}, PostgreSQL ${rows[0]?.server_version ?? "?"}, one server process.`,
  );
  const servers = { penora: await startPenora(stage, values.server), barePort: await startBare(stage) };
  const given: Bench = { stage, ...servers, seconds, warmUpSeconds: 1 };
  const results = new Map<Measure, Figures | Error | null>();
  for (const measure of measures) {
    process.stderr.write(`  ${measure.name} …\n`);
    results.set(measure, await measure.run(given).catch((error: unknown) => error as Error));
  }
  printTable(results);
  return ![...results.values()].some((figures) => figures instanceof Error);
}

async function main(): Promise<number> {
  const seconds = Number(values.seconds);
  const measures = chosen(values.only);
  if (values.help || !(seconds > 0) || measures.length === 0) {
    console.error(USAGE);
    return 2;
  }
  if (values.server === undefined) await ensureBuilt(console.log);
  return (await onStage((stage) => bench(stage, measures, seconds))) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
