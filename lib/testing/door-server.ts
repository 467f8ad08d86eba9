/** A server process of the doors alone, straight from their source: what races and faults are tried on. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { createHttpServer, doorHandler } from "@/lib/server/serve";
import { type DoorModule, Router } from "@/lib/server/router";

const app = path.resolve("app");

const doors = await Promise.all(
  readdirSync(path.join(app, "api"), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map(async (file): Promise<DoorModule> => {
      const methods = (await import(path.join(app, "api", file))) as DoorModule["methods"];
      return { segments: ["api", ...path.dirname(file).split(path.sep)], methods };
    }),
);

const server = createHttpServer(doorHandler(new Router(doors)), (_request, response) => {
  response.writeHead(404).end();
  return Promise.resolve();
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
