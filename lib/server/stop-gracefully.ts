import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { closeDatabase } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { endless } from "./answer";
import { end } from "./begin";

const GRACE_MS = 10_000;

/**
 * On SIGTERM, SIGINT, or when the launcher is gone: takes no new requests, lets those under way end, cuts streams that
 * would never end by themselves, closes the database and leaves.
 */
export function stopGracefully(server: Server): void {
  const answers = new Set<ServerResponse>();
  server.on("request", (_request: IncomingMessage, response: ServerResponse) => {
    answers.add(response);
    response.once("close", () => answers.delete(response));
    if (stopping) response.setHeader("connection", "close");
  });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // What is being written here is settled first: whoever ends us may not wait for the last connection.
    const ended = end();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    server.close(() => {
      ended
        .then(closeDatabase)
        .catch((error: unknown) => logger().warn({ err: error }, "the end was not in order"))
        .finally(() => process.exit(process.exitCode ?? 0));
    });
    server.closeIdleConnections();
    for (const answer of answers) {
      if (endless.has(answer)) answer.destroy();
      else answer.once("close", () => server.closeIdleConnections());
    }
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  process.on("disconnect", stop);
  process.on("uncaughtException", (error) => {
    logger().fatal({ err: error }, "an error reached nobody");
    process.exitCode = 1;
    stop();
  });
  process.on("unhandledRejection", (error) =>
    logger().error({ err: error }, "a failed promise reached nobody"),
  );
}
