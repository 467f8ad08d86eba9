import { connect, type Socket } from "node:net";
import { AnswerReader } from "./answer-reader";

export interface Load {
  readonly port: number;
  /** Asked for one request at a time, so that each may name another person. Whole requests, head and body. */
  readonly next: () => string;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How often each status was answered, warm-up and the last requests included. */
  readonly statuses: ReadonlyMap<number, number>;
}

/**
 * Keeps every connection busy with one request after the other. Every request that was sent is waited for, so that what
 * was answered can be held against what the database has. @throws where a connection breaks.
 */
export async function load({ port, next, connections, warmUpSeconds, seconds }: Load): Promise<Figures> {
  const begin = performance.now() + warmUpSeconds * 1_000;
  const end = begin + seconds * 1_000;
  const took: number[] = [];
  const statuses = new Map<number, number>();
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  await Promise.all(
    sockets.map((socket) =>
      keepAsking(socket, next, (status, from, to) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (to >= begin && to < end) took.push(to - from);
        return to < end;
      }),
    ),
  );
  return { ...describe(took, seconds), statuses };
}

/** @throws where anything but 200 was answered. */
export function requireOk(figures: Figures): Figures {
  const other = [...figures.statuses].filter(([status]) => status !== 200);
  if (other.length > 0) throw new Error(`answers other than 200, [status, times]: ${JSON.stringify(other)}`);
  return figures;
}

/** Counts how often `work` can be done, one after the other in each of `lanes`. */
export async function loop(
  work: () => Promise<unknown>,
  lanes: number,
  warmUpSeconds: number,
  seconds: number,
): Promise<Figures> {
  const begin = performance.now() + warmUpSeconds * 1_000;
  const end = begin + seconds * 1_000;
  const took: number[] = [];
  const lane = async () => {
    for (let from = performance.now(); from < end;) {
      await work();
      const to = performance.now();
      if (to >= begin && to < end) took.push(to - from);
      from = to;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { ...describe(took, seconds), statuses: new Map() };
}

function describe(took: number[], seconds: number): Omit<Figures, "statuses"> {
  const sorted = Float64Array.from(took).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { perSecond: took.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true }, () => {
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once("error", reject);
  });
}

/** `told` gets every answer's status and times, and says whether to go on. */
function keepAsking(
  socket: Socket,
  next: () => string,
  told: (status: number, from: number, to: number) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let from = 0;
    let over = false;
    const reader = new AnswerReader();
    const ask = () => {
      from = performance.now();
      socket.write(next());
    };
    socket.on("error", reject);
    socket.on("close", () => (over ? resolve() : reject(new Error("a connection was closed under load"))));
    socket.on("data", (chunk: Buffer) => {
      const status = reader.read(chunk);
      if (status === null) return;
      if (told(status, from, performance.now())) return ask();
      over = true;
      socket.destroy();
    });
    ask();
  });
}
