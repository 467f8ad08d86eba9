import { randomUUID } from "node:crypto";
import { type Figures, load, requireOk } from "./load";
import { type Bench, CONNECTIONS, type Measure } from "./measure";
import { somebody } from "./people";
import { deduction, request } from "./requests";
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
      const apps = headersOfApps(bench);
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
      const apps = headersOfApps(bench);
      return ask(bench, () => request("GET", userInfo(), apps().headers));
    },
  },
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
function headersOfApps({ penora }: Bench): () => { app: string; headers: Headers } {
  const apps = penora.appKeys.map(({ app, key }) => ({ app, headers: { "X-API-Key": key } }));
  let n = 0;
  return () => apps[n++ % apps.length] as (typeof apps)[number]; // there are always some
}
