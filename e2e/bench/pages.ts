import { type Figures, load, requireOk } from "./load";
import { type Bench, CONNECTIONS, type Measure } from "./measure";
import { request } from "./requests";
import { startNext } from "./servers";

/** A page costs so much that few at once fill the server. */
const PAGES_AT_ONCE = 16;

const HEALTH = request("GET", "/api/health", {});
const NEXT_HEALTH = "Next's own server, /api/health";
const GUEST_PAGE = "a page without data, /penora";

/** What Next serves, and what our server saves by calling the doors itself. */
export const PAGES: readonly Measure[] = [
  {
    name: NEXT_HEALTH,
    run: async (bench) => view(bench, await startNext(bench.stage), HEALTH, CONNECTIONS),
  },
  {
    name: "/api/health",
    limit: NEXT_HEALTH,
    run: (bench) => view(bench, bench.penora.port, HEALTH, CONNECTIONS),
  },
  {
    name: GUEST_PAGE,
    run: (bench) => view(bench, bench.penora.port, page("/penora"), PAGES_AT_ONCE),
  },
  {
    name: "/account, signed in",
    limit: GUEST_PAGE,
    run: async (bench) => {
      const Cookie = await bench.penora.cookie();
      return view(bench, bench.penora.port, page("/account", { Cookie }), PAGES_AT_ONCE);
    },
  },
];

function page(path: string, headers: Record<string, string> = {}): string {
  return request("GET", path, { Accept: "text/html", ...headers });
}

async function view(bench: Bench, port: number, text: string, connections: number): Promise<Figures> {
  const { seconds, warmUpSeconds } = bench;
  return requireOk(await load({ port, next: () => text, connections, seconds, warmUpSeconds }));
}
