import { load, type Figures } from "./load";
import type { Bench, Measure } from "./measure";
import { request } from "./requests";

const CONNECTIONS = 16;

/** Pages of Next. */
export const PAGES: readonly Measure[] = [
  {
    name: "Next, a page without data (/penora)",
    run: (bench) => view(bench, request("GET", "/penora", { Accept: "text/html" })),
  },
  {
    name: "/account, signed in",
    limit: "Next, a page without data (/penora)",
    run: async (bench) => {
      const cookie = await bench.penora.cookie();
      return view(bench, request("GET", "/account", { Accept: "text/html", Cookie: cookie }));
    },
  },
];

async function view({ penora, seconds, warmUpSeconds }: Bench, page: string): Promise<Figures> {
  const figures = await load({
    port: penora.port,
    next: () => page,
    connections: CONNECTIONS,
    seconds,
    warmUpSeconds,
  });
  const other = [...figures.statuses].filter(([status]) => status !== 200);
  if (other.length > 0) throw new Error(`answers other than 200: ${JSON.stringify(other)}`);
  return figures;
}
