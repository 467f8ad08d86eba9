import { spawn } from "node:child_process";
import { once } from "node:events";
import { SERVER_FILE } from "../lib/server/bundle-doors";

/** Another process of the built server on the same database: what it does, the first one must hear. */
export async function startAnotherServer(port: number): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [SERVER_FILE], {
    env: { ...process.env, PORT: String(port), NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    ended.then(([code]) => {
      throw new Error(`Another server ended at its start with ${String(code)}.`);
    }),
  ]);
  return {
    url: `http://localhost:${port}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
