/** A server process of the doors alone, straight from their source: what races and faults are tried on. */
import type { AddressInfo } from "node:net";
import { createHttpServer, doorHandler } from "@/lib/server/serve";
import { Router } from "@/lib/server/router";
import { allDoors } from "./all-doors";

const server = createHttpServer(doorHandler(new Router(await allDoors())), (_request, response) => {
  response.writeHead(404).end();
  return Promise.resolve();
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
