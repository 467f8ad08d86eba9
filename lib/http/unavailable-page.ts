import { AppError } from "@/lib/foundation/app-error";
import { logger } from "@/lib/foundation/logger";

/**
 * What a visitor sees while it can't be known who they are. It stands on its own: the pages that could say it more
 * nicely need what is missing.
 */
export function unavailablePage(error: unknown, nonce: string): Response {
  const away = error instanceof AppError && error.code === "unavailable";
  logger().error({ err: error }, "a page could not be shown");
  const title = away ? "Penora can’t be reached right now" : "Something went wrong";
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark }
body { margin: 0; padding: 15vh 1.5rem; background: light-dark(#f7f3ea, #1a1714); color: light-dark(#1e1b17, #ebe4d6);
  font: 1.125rem/1.6 ui-serif, Georgia, serif }
main { max-width: 34rem; margin: auto }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 500 }
a { color: light-dark(#8a1c22, #df7c6d) }
</style>
<main>
<h1>${title}.</h1>
<p>Nothing of yours was changed and no coin was spent. It is usually over within a minute.</p>
<p><a href="">Try again</a></p>
</main>
</html>`;
  return new Response(body, {
    status: away ? 503 : 500,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Retry-After": "5" },
  });
}
