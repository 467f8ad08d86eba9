import { methodsOf } from "@/lib/contract/operations";
import { AppError } from "@/lib/foundation/app-error";
import { metrics } from "@/lib/foundation/metrics";
import { allowCors, preflight } from "./cors";
import { baseHeaders, renderError, requestIdOf } from "./reply";

/** Answers what no door is for: a preflight, a wrong method (405 with `Allow`), an unknown path (404). All JSON. */
export function answerUnknownDoor(request: Request): Response {
  const reply = answerOf(request);
  metrics().requests.inc({ operation: "none", status: reply.status });
  return reply;
}

function answerOf(request: Request): Response {
  const requestId = requestIdOf(request);
  const known: string[] = methodsOf(new URL(request.url).pathname);
  const methods = known.length === 0 ? [] : [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  if (request.method === "OPTIONS" && methods.length > 0) {
    const headers = preflight(request, methods);
    headers.set("X-Request-Id", baseHeaders(requestId)["X-Request-Id"] ?? requestId);
    return new Response(null, { status: 204, headers });
  }
  const refusal =
    methods.length > 0
      ? new AppError("method_not_allowed", { extra: { allow: methods.join(", ") } })
      : new AppError("not_found");
  return allowCors(request, renderError(refusal, request, requestId));
}

/** True where a request has no door: then `answerUnknownDoor` answers it. */
export function hasNoDoor(method: string, pathname: string): boolean {
  const asked: string = method === "HEAD" ? "GET" : method;
  return !methodsOf(pathname).some((known) => known === asked);
}
