import { randomUUID } from "node:crypto";
import { type Figures, load, requireOk } from "./load";
import { type Bench, CONNECTIONS, type Measure } from "./measure";
import { somebody } from "./people";
import { deduction, request } from "./requests";
import type { AppKey } from "./servers";
import { deductions, requireAgreement } from "./verify";
import { content } from "./workspace-content";

type Headers = Record<string, string>;

/** The unified API over HTTP, every answer's effect held against the database afterwards. */
export const UNIFIED: readonly Measure[] = [
  {
    name: "deduct, many users",
    limit: "http + pg, deduct, many users",
    run: (bench) => deduct(bench, (key) => deduction(somebody(), "bench", key)),
  },
  {
    name: "deduct, many users, keys of apps",
    limit: "http + pg, deduct, many users",
    run: (bench) => {
      const apps = headersOfApps(bench.penora.appKeys);
      return deduct(bench, () => {
        const { app, headers } = apps();
        return deduction(somebody(), app, headers);
      });
    },
  },
  {
    name: "deduct, many users, Idempotency-Key",
    limit: "http + pg, deduct, many users",
    run: (bench) =>
      deduct(bench, (key) => deduction(somebody(), "bench", { ...key, "Idempotency-Key": randomUUID() })),
  },
  {
    name: "deduct, one hot user",
    limit: "http + pg, deduct, one hot user",
    run: (bench) => deduct(bench, (key) => deduction(somebody(1), "bench", key)),
  },
  {
    name: "user-info",
    limit: "http + pg, read a row",
    run: (bench) => ask(bench, (key) => request("GET", userInfo(), key)),
  },
  {
    name: "user-info, keys of apps",
    limit: "http + pg, read a row",
    run: (bench) => {
      const apps = headersOfApps(bench.penora.appKeys);
      return ask(bench, () => request("GET", userInfo(), apps().headers));
    },
  },
  ...costOfLimits(),
  {
    name: "save-project, 2 kB",
    limit: "http + pg, write a row of 2 kB",
    run: (bench) => saveProjects(bench, 2_000),
  },
  {
    name: "save-project, 100 kB",
    limit: "http + pg, write a row of 100 kB",
    run: (bench) => saveProjects(bench, 100_000),
  },
];

function userInfo(): string {
  return `/api/unified/user-info?user_id=${somebody()}`;
}

/** The root key's headers are made once: it is the server that is measured. */
async function ask(bench: Bench, next: (rootKey: Headers) => string): Promise<Figures> {
  const { penora, seconds, warmUpSeconds } = bench;
  const rootKey = { "X-API-Key": penora.rootKey };
  return requireOk(
    await load({
      port: penora.port,
      next: () => next(rootKey),
      connections: CONNECTIONS,
      seconds,
      warmUpSeconds,
    }),
  );
}

async function deduct(bench: Bench, next: (rootKey: Headers) => string): Promise<Figures> {
  const before = await deductions(bench.stage.database);
  const figures = await ask(bench, next);
  const written = (await deductions(bench.stage.database)) - before;
  const admitted = figures.statuses.get(200) ?? 0;
  if (written !== admitted)
    throw new Error(`${admitted} deductions were answered, ${written} are in the ledger`);
  await requireAgreement(bench.stage.database);
  return figures;
}

async function saveProjects(bench: Bench, sizeBytes: number): Promise<Figures> {
  const project = { app_source: "bench", project_type: "text", title: "A page" };
  const figures = await ask(bench, (key) =>
    request("POST", "/api/unified/save-project", key, {
      ...project,
      user_id: somebody(),
      content: content(sizeBytes),
    }),
  );
  await requireAgreement(bench.stage.database);
  return figures;
}

/** Each request with the next app's key, in turn. */
function headersOfApps(keys: readonly AppKey[]): () => { app: string; headers: Headers } {
  const apps = keys.map(({ app, key }) => ({ app, headers: { "X-API-Key": key } }));
  let n = 0;
  return () => apps[n++ % apps.length] as (typeof apps)[number]; // there are always some
}

const SLICES = 9;

/**
 * The same load with keys that are limited and keys that are not: what the counting costs. In slices that take turns, the
 * middle one of each counts: what else the machine does comes and goes, and hits both.
 */
function costOfLimits(): Measure[] {
  let both: Promise<{ free: Figures; limited: Figures }> | undefined;
  const measured = (bench: Bench) => (both ??= takeTurns(bench));
  const free = "deduct, keys of apps, not limited";
  return [
    { name: free, run: async (bench) => (await measured(bench)).free },
    {
      name: "deduct, keys of apps, limited",
      limit: free,
      run: async (bench) => (await measured(bench)).limited,
    },
  ];
}

async function takeTurns(bench: Bench): Promise<{ free: Figures; limited: Figures }> {
  const slice = { ...bench, seconds: Math.max(1, bench.seconds / 3), warmUpSeconds: 0.3 };
  const told = { free: [] as Figures[], limited: [] as Figures[] };
  for (let n = 0; n < 2 * SLICES; n++) {
    // Which of them goes first changes, too: what comes second finds the server warmer.
    const kind = n % 4 === 0 || n % 4 === 3 ? "free" : "limited";
    const apps = headersOfApps(kind === "free" ? bench.penora.unlimitedKeys : bench.penora.appKeys);
    const next = () => {
      const { app, headers } = apps();
      return deduction(somebody(), app, headers);
    };
    told[kind].push(await ask(slice, next));
  }
  return { free: middle(told.free), limited: middle(told.limited) };
}

function middle(figures: readonly Figures[]): Figures {
  const sorted = [...figures].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as Figures; // there are nine
}
