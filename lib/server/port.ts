import { createServer } from "node:net";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, startMark, until } from "../../prisma/local/processes";

const LEAVING_MS = 15_000;

/** The port that will be listened on; for 0 a free one. @throws naming PORT where it is taken. */
export async function claimPort(host: string, port: number, dataDir: string): Promise<number> {
  const found = await tryPort(host, port);
  if (found !== null) return found;
  const owner = launcherOf(noteFile(dataDir, port));
  if (owner?.lives)
    throw new Error(
      `Penora runs already, at port ${port} (process ${owner.pid}). Another one of this folder needs another port: set PORT.`,
    );
  // The server of a launcher that was killed needs a moment to leave.
  if (owner && (await until(async () => (await tryPort(host, port)) !== null, LEAVING_MS))) {
    return port;
  }
  throw new Error(
    `Port ${port} is taken by another program. Stop it, or choose another port with the variable PORT:\n\n  PORT=${port + 1} npm start`,
  );
}

async function tryPort(host: string, port: number): Promise<number | null> {
  const got = await listenOnce(host, port);
  // `localhost` is both families: another program's page would be shown to whoever asks by that name.
  if (got !== null && port !== 0 && host === "127.0.0.1" && (await listenOnce("::1", port)) === null)
    return null;
  return got;
}

/** Null where the port is taken; a family or address that this machine lacks takes nothing. */
function listenOnce(host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else if (host === "::1") resolve(port);
      else if (error.code === "EACCES")
        reject(new Error(`Port ${port} needs rights that you lack. Set PORT to one above 1023.`));
      else reject(new Error(`HOST=${host} is no address of this machine (${error.code}).`));
    });
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address() as { port: number };
      probe.close(() => resolve(address.port));
    });
  });
}

function noteFile(dataDir: string, port: number): string {
  return path.join(dataDir, `server-${port}.json`);
}

/** Notes who serves, so that the next start knows an orphan of its own from a stranger. The answer takes it back. */
export function noteServer(dataDir: string, port: number): () => void {
  const file = noteFile(dataDir, port);
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: startMark(process.pid) }), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function launcherOf(file: string): { pid: number; lives: boolean } | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, "utf8")) as { pid: number; started: string };
    return { pid, lives: isAlive(pid) && startMark(pid) === started };
  } catch {
    return null;
  }
}
