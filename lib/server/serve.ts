import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import { env } from "@/lib/foundation/env";
import { newId } from "@/lib/foundation/ids";
import { logger } from "@/lib/foundation/logger";
import { metrics } from "@/lib/foundation/metrics";
import { answerUnknownDoor } from "@/lib/http/unknown-door";
import { sendWebResponse, toWebRequest } from "./answer";
import { begin } from "./begin";
import { cleanHeaders } from "./light-request";
import { type DoorFunction, type DoorModule, Router } from "./router";
import { stopGracefully } from "./stop-gracefully";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const HOST_HEADER = /^[A-Za-z0-9._-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?$/;
/** The platform's `Request` refuses these; no door is for them either. */
const UNSAFE_METHODS = new Set(["TRACE", "CONNECT", "TRACK"]);

/** The production server: the doors under /api/ are called directly, everything else is Next's. */
export async function serve(doors: readonly DoorModule[]): Promise<void> {
  const { host, port } = env();
  begin();
  const app = next({ dev: false, hostname: host, port });
  await app.prepare();
  const pages = app.getRequestHandler();
  const server = createHttpServer(doorHandler(new Router(doors)), pages);
  await listen(server, host, port);
  stopGracefully(server);
  process.send?.("listening");
}

/** The listener on its own, for tests. */
export function createHttpServer(doors: Handler, pages: Handler): Server {
  const trustsProxy = env().trustProxy > 0;
  const server = createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
    if (!straighten(request)) return refuse(response, 400, "invalid_request", "The request is malformed.");
    cleanHeaders(request, trustsProxy);
    const url = request.url as string;
    const isDoor = url.startsWith("/api/") || url === "/api" || url.startsWith("/api?");
    if (!isDoor) countPage(response);
    (isDoor ? doors : pages)(request, response).catch((error: unknown) => {
      logger().error({ err: error, path: url.split("?", 1)[0] }, "request failed outside its door");
      refuse(response, 500, "internal", "Internal server error");
    });
  });
  server.headersTimeout = 30_000;
  server.requestTimeout = 120_000; // for what the client sends; an answer may stream for as long as it likes
  server.keepAliveTimeout = 65_000; // longer than any usual proxy's, so that the proxy is the one to hang up
  return server;
}

/** Files of the build among them. */
function countPage(response: ServerResponse): void {
  const begun = performance.now();
  response.once("finish", () => {
    const { requests, requestSeconds } = metrics();
    requests.inc({ operation: "page", status: response.statusCode });
    requestSeconds.observe({ operation: "page" }, (performance.now() - begun) / 1_000);
  });
}

/** Calls the door of a request, and answers what no door is for. */
export function doorHandler(router: Router): Handler {
  const { appUrl } = env();
  return async (message, response) => {
    const path = message.url as string;
    const cut = path.indexOf("?");
    const match = router.find(cut < 0 ? path : path.slice(0, cut));
    const method = message.method as string;
    const door = match?.methods[method] ?? (method === "HEAD" ? match?.methods.GET : undefined);
    if (UNSAFE_METHODS.has(method)) message.method = "POST";
    const request = await toWebRequest(appUrl + path, message, response);
    if (request === null) return;
    const answer =
      match && typeof door === "function"
        ? await (door as DoorFunction)(request, { params: Promise.resolve(match.params) })
        : answerUnknownDoor(request);
    await sendWebResponse(answer, message, response);
  };
}

/** Brings the request line to a path; false where it or the host is none. */
function straighten(request: IncomingMessage): boolean {
  if (request.headers.host !== undefined && !HOST_HEADER.test(request.headers.host)) return false;
  const url = request.url ?? "";
  // Next would answer a doubled slash with a cacheable redirect that repeats a token in the query.
  if (url.startsWith("/")) {
    request.url = url.replace(/^[^?]+/, (path) => path.replace(/\/{2,}/g, "/"));
    return !/[\\\x00-\x20\x7f]/.test(url);
  }
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return false;
  const { pathname, search } = new URL(url);
  request.url = pathname.replace(/\/{2,}/g, "/") + search;
  return true;
}

function refuse(response: ServerResponse, status: number, code: string, error: string): void {
  if (response.headersSent) return void response.destroy();
  const requestId = newId();
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-request-id": requestId,
    connection: "close",
  });
  const timestamp = new Date().toISOString();
  response.end(
    JSON.stringify({ success: false, error, code, details: null, request_id: requestId, timestamp }),
  );
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
