/** A server process of the doors alone, on a port of its own choice: what races and faults are tried on. */
import type { AddressInfo } from "node:net";
import { startBackground } from "@/lib/server/background";
import { type DoorModule, Router } from "@/lib/server/router";
import { createHttpServer, doorHandler } from "@/lib/server/serve";

/** Called by the bundle that `startDoorServers` makes. With `DOOR_SERVER_CHORES` it tidies as a living server does. */
export function serve(doors: readonly DoorModule[]): Promise<void> {
  const server = createHttpServer(doorHandler(new Router(doors)), (_request, response) => {
    response.writeHead(404).end();
    return Promise.resolve();
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.once("disconnect", () => process.exit());
  if (process.env.DOOR_SERVER_CHORES) startBackground();
  return Promise.resolve();
}
