import { createServer, connect, type AddressInfo, type Socket } from "node:net";

/** What PostgreSQL sends when a statement is over: `ReadyForQuery`; behind it, whether a transaction is still open. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);

export interface PostgresProxy {
  /** The database's URL through the proxy. */
  readonly url: string;
  /**
   * The next statement that carries `marker` is let through and carried out; its answer is kept back,
   * and the promise resolves.
   */
  keepBackAnswerTo(marker: string): Promise<void>;
  close(): Promise<void>;
}

/** A wire between a server and PostgreSQL that can be cut just behind a COMMIT. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let trap: { marker: string; sprung: () => void } | undefined;

  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    let caught: (() => void) | undefined;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        client.destroy();
        database.destroy();
        sockets.delete(socket);
      });
    }
    client.on("data", (chunk) => {
      if (trap && chunk.includes(trap.marker)) {
        caught = trap.sprung;
        trap = undefined;
      }
      database.write(chunk);
    });
    database.on("data", (chunk) => {
      if (caught === undefined) return void client.write(chunk);
      if (chunk.subarray(-READY.length - 1, -1).equals(READY)) caught();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(databaseUrl);
  through.hostname = "127.0.0.1";
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    keepBackAnswerTo: (marker) => new Promise((resolve) => (trap = { marker, sprung: resolve })),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
