import "server-only";
import { DEMO_PICTURE_PRICE } from "@/lib/contract/demo";
import { upsertFromToken } from "@/lib/domains/accounts/upsert-from-token";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { saveProject } from "@/lib/domains/workspace/save-project";
import type { Caller } from "@/lib/foundation/caller";
import { drawPicture } from "./draw-picture";
import { readyPeople } from "./people";

const APP_CALLER = {
  kind: "key",
  admin: false,
  scopes: [],
  keyId: null,
  userId: null,
  sessionId: null,
  expiresAt: null,
  idempotency: null,
} as const satisfies Omit<Caller, "app">;

/** Makes the one person of the demo who has been here before, with what they did. Nothing where they are known. */
export async function seedDemo(): Promise<void> {
  const ada = readyPeople().find((person) => person.user_id === "demo_ada");
  if (ada === undefined) return;
  const created = await upsertFromToken({
    userId: ada.user_id,
    email: ada.email,
    username: ada.username,
    profileImage: ada.profile_image ?? null,
    bio: ada.bio ?? null,
    website: ada.website ?? null,
    subscriptionStatus: ada.subscription_status ?? null,
    openingCredits: ada.credits ?? null,
    issuedAt: null, // whatever token comes first is newer
  });
  if (!created) return;
  await spendAndSave(ada.user_id, {
    app: "imagegene",
    price: DEMO_PICTURE_PRICE,
    action: "text_to_image",
    type: "ai_image",
    title: "A red bridge at dusk",
    content: `data:image/png;base64,${drawPicture("A red bridge at dusk", 512).toString("base64")}`,
  });
  await spendAndSave(ada.user_id, {
    app: "penora",
    price: 2,
    action: "single_prompt",
    type: "text",
    title: "The Bridge Keeper",
    content: BRIDGE_KEEPER,
  });
}

interface Work {
  readonly app: string;
  readonly price: number;
  readonly action: string;
  readonly type: string;
  readonly title: string;
  readonly content: string;
}

async function spendAndSave(
  userId: string,
  { app, price, action, type, title, content }: Work,
): Promise<void> {
  const caller: Caller = { ...APP_CALLER, app };
  const saved = await saveProject({
    user_id: userId,
    app_source: app,
    project_type: type,
    title,
    content,
    caller,
  });
  await deductCredits({
    user_id: userId,
    amount: price,
    app_name: app,
    action,
    description: title,
    project_code: saved.result.project_code,
    caller,
  });
}

const BRIDGE_KEEPER = `Every evening at the same hour Marek walked to the middle of the bridge and lit the lamp, though the council had put in electric lights eleven years before.

Nobody had told him to stop. The post had been his father's, and it came with a brass key, a coat that was too long, and four crowns a month that arrived whether the lamp burned or not. He had tried, once, to let it be. He had sat at the kitchen table with his hands around a cup and watched the window until it went dark, and at half past six there had been a knock.

It was a woman with a child asleep on her shoulder. "I'm sorry," she said. "Is the bridge closed?"

He had taken his coat from the nail. They walked there together, not saying much. At the middle he raised the glass, and the flame stood up as if it had been waiting, and she went across.`;
