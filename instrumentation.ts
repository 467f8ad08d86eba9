/** Next calls this once when a server process begins, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { begin } = await import("./lib/server/begin");
    begin();
  }
}
