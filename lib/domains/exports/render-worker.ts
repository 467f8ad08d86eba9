import "server-only";
import { parentPort } from "node:worker_threads";
import { renderFile, type RenderJob } from "./render-file";
import type { WorkerAnswer } from "./render-pool";

/** The thread of `RenderPool`: a job comes, its file goes. Made a file of its own by the build. */
parentPort?.on("message", (job: RenderJob) => {
  void answer(job).then((told) => {
    const moved = "done" in told && told.done.kind === "file" ? [told.done.bytes.buffer as ArrayBuffer] : [];
    parentPort?.postMessage(told, moved);
  });
});

async function answer(job: RenderJob): Promise<WorkerAnswer> {
  try {
    return { done: await renderFile(job) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
