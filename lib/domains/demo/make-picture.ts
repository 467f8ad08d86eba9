import "server-only";
import { hkdfSync } from "node:crypto";
import { DEMO_PICTURE_PRICE, type demoPicture as operation } from "@/lib/contract/demo";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { ensureKey } from "@/lib/domains/api-keys/manage-keys";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { newId } from "@/lib/foundation/ids";
import { drawPicture } from "./draw-picture";
import { requireDemo } from "./require-demo";
import { UnifiedApi } from "./unified-api";

const APP = "imagegene";
const SCOPES = ["credits:read", "credits:deduct", "workspace:read", "workspace:write"] as const;
const PICTURE_PIXELS = 512;

type Output = OutputOf<typeof operation>;
type Input = InputOf<typeof operation> & { caller: Caller };

/**
 * As ImageGene does: looks whether there are coins and space, draws, deducts, saves, each call over HTTP with a key of
 * its own. A refusal on the way is no error of this door: it is what there is to see.
 * @throws `not_found` where there is no demo.
 */
export async function makePicture({ prompt, caller }: Input): Promise<Output> {
  const userId = caller.userId;
  if (userId === null) throw new AppError("not_signed_in");
  const api = new UnifiedApi(await ownKey());
  const picture = `data:image/png;base64,${drawPicture(prompt, PICTURE_PIXELS).toString("base64")}`;

  const purse = await api.get("Is there enough?", "user-info", { user_id: userId });
  const obstacle = obstacleIn(purse, picture.length);
  if (obstacle !== null) return report(api, `${obstacle} No coin was spent.`);

  const spent = await api.post("Spend", "deduct-credits", {
    user_id: userId,
    amount: DEMO_PICTURE_PRICE,
    app_name: APP,
    action: "text_to_image",
    description: `Picture: ${prompt}`,
    idempotency_key: newId(),
  });
  if (spent.success !== true) return report(api, "The coins were refused, so nothing was saved.");
  const credits = Number(spent.new_balance);

  const saved = await api.post("Save", "save-project", {
    user_id: userId,
    app_source: APP,
    project_type: "ai_image",
    title: prompt,
    content: picture,
    metadata: { prompt, width: PICTURE_PIXELS, height: PICTURE_PIXELS },
    idempotency_key: newId(),
  });
  if (saved.success !== true) {
    const outcome = `${DEMO_PICTURE_PRICE} KU Coins were spent, but the picture could not be saved.`;
    return report(api, outcome, { credits, picture });
  }
  const outcome = `${DEMO_PICTURE_PRICE} KU Coins were spent, and the picture lies in the workspace.`;
  return report(api, outcome, { credits, picture, project_code: String(saved.project_code) });
}

/** What stands in the way of a picture, or null. Looked at before a coin moves. */
function obstacleIn(purse: Record<string, unknown>, sizeBytes: number): string | null {
  if (purse.success !== true) return "ImageGene could not ask.";
  if (Number(purse.credits) < DEMO_PICTURE_PRICE) {
    return `A picture costs ${DEMO_PICTURE_PRICE} KU Coins; there are ${Number(purse.credits)}. Nothing was drawn.`;
  }
  const { limit_bytes: limit, used_bytes: used } = purse.storage as Record<
    "limit_bytes" | "used_bytes",
    number
  >;
  return sizeBytes > limit - used ? "The workspace has no room for a picture." : null;
}

function report(api: UnifiedApi, outcome: string, facts: Partial<Output> = {}): Output {
  return {
    success: true,
    steps: [...api.steps],
    outcome,
    picture: null,
    project_code: null,
    credits: null,
    finished_at: toTimestamp(new Date()),
    ...facts,
  };
}

/** Made of the demo's secret each time, so that it lies nowhere; the database knows its hash. */
async function ownKey(): Promise<string> {
  const bytes = Buffer.from(hkdfSync("sha256", requireDemo(), "penora", "demo imagegene key", 32));
  const key = `pen_${APP}_${bytes.toString("base64url")}`;
  await ensureKey(key, APP, SCOPES);
  return key;
}
