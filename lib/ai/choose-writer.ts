import "server-only";
import { DemoWriter } from "@/lib/ai/demo-writer/demo-writer";
import { OpenAiCompatibleWriter } from "@/lib/ai/openai-compatible";
import type { Writer } from "@/lib/ai/port";
import { env, type Env } from "@/lib/foundation/env";

export type WriterSettings = Pick<
  Env,
  | "aiBaseUrl"
  | "aiApiKey"
  | "aiModelCreative"
  | "aiModelBalanced"
  | "aiModelFast"
  | "aiModelFallback"
  | "demo"
>;

/**
 * The writer of this server, or null where writing is not available. The demo writer is chosen only in a demo
 * that has no model server; a configured server that fails is an error, never a reason to take the demo instead.
 */
export function chooseWriter(settings: WriterSettings = env()): Writer | null {
  const { aiBaseUrl: baseUrl, aiApiKey: apiKey } = settings;
  if (!baseUrl) return settings.demo ? new DemoWriter() : null;
  const { aiModelCreative: creative, aiModelBalanced: balanced, aiModelFast: fast } = settings;
  if (!creative || !balanced || !fast) return null;
  return new OpenAiCompatibleWriter({
    baseUrl,
    apiKey,
    models: { creative, balanced, fast },
    fallback: settings.aiModelFallback,
  });
}
