import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { BARE_DEDUCT, pgbenchScript } from "./bare-statements";
import { type Figures, load, loop, requireOk } from "./load";
import { type Bench, CONNECTIONS, type Measure } from "./measure";
import { ACTIVE, somebody } from "./people";
import { deduction, request } from "./requests";
import { content } from "./workspace-content";

const STATEMENTS_AT_ONCE = 12;

/** Limits: what the machine gives where nothing is promised. */
export const LIMITS: readonly Measure[] = [
  { name: "pgbench, the statement, many users", run: (bench) => pgbench(bench, ACTIVE) },
  { name: "pgbench, the statement, one hot user", run: (bench) => pgbench(bench, 1) },
  { name: "pg, the statement, many users", run: (bench) => statement(bench, ACTIVE) },
  {
    name: "http + pg, deduct, many users",
    run: (bench) => bare(bench, () => deduction(somebody(), "bench")),
  },
  {
    name: "http + pg, deduct, one hot user",
    run: (bench) => bare(bench, () => deduction(somebody(1), "bench")),
  },
  {
    name: "http + pg, read a row",
    run: (bench) => bare(bench, () => request("GET", `/?user_id=${somebody()}`, {})),
  },
  { name: "http + pg, write a row of 2 kB", run: (bench) => bare(bench, () => save(content(2_000))) },
  { name: "http + pg, write a row of 100 kB", run: (bench) => bare(bench, () => save(content(100_000))) },
];

function save(text: string): string {
  return request("POST", "/save", {}, { user_id: somebody(), content: text });
}

async function bare({ barePort: port, seconds, warmUpSeconds }: Bench, next: () => string): Promise<Figures> {
  return requireOk(await load({ port, next, connections: CONNECTIONS, seconds, warmUpSeconds }));
}

async function statement({ stage, seconds, warmUpSeconds }: Bench, people: number): Promise<Figures> {
  const pool = new pg.Pool({ connectionString: stage.databaseUrl, max: STATEMENTS_AT_ONCE });
  const deduct = () => pool.query({ ...BARE_DEDUCT, values: [somebody(people), 1, "bench", "Credit usage"] });
  try {
    return await loop(deduct, STATEMENTS_AT_ONCE, warmUpSeconds, seconds);
  } finally {
    await pool.end();
  }
}

/** PostgreSQL's own measure, where it is installed: no Node at all. It tells the mean latency only. */
async function pgbench({ stage, seconds }: Bench, people: number): Promise<Figures | null> {
  const dir = await mkdtemp(path.join(tmpdir(), "penora-bench-"));
  const script = path.join(dir, "deduct.sql");
  try {
    await writeFile(script, pgbenchScript(people));
    const args = ["-n", "-M", "prepared", "-c", String(STATEMENTS_AT_ONCE), "-T", String(seconds)];
    const { hostname, port, username, password, pathname } = new URL(stage.databaseUrl);
    const env = {
      ...process.env,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(password), // not as an argument: those, everybody on the machine can read
      PGDATABASE: pathname.slice(1),
      PGSSLMODE: "disable",
    };
    const { stdout } = await promisify(execFile)("pgbench", [...args, "-f", script], { env });
    const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
    const meanMs = Number(/^latency average = ([\d.]+)/m.exec(stdout)?.[1]);
    return { perSecond, p50Ms: meanMs, p99Ms: NaN, statuses: new Map() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  } finally {
    await rm(dir, { recursive: true });
  }
}
