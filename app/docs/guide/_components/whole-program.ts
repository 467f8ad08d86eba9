import { READER } from "@/lib/contract/examples";

/** The guide's program: everything that an app needs to charge for work that may fail. Tried in the tests as it stands. */
export const wholeProgram = (origin: string) => `import { randomUUID } from "node:crypto";

/** Asks Penora; where that makes sense once more, with the same idempotency key. */
async function penora(path: string, body: object, idempotencyKey: string) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch("${origin}/api/unified/" + path, {
      method: "POST",
      headers: {
        "X-API-Key": process.env.PENORA_API_KEY!,
        "Content-Type": "application/json",
        "Idempotency-Key": idempotencyKey,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null); // the network failed: whether it was done, the next attempt will tell
    const answer = await response?.json().catch(() => null);
    if (answer?.success) return answer;
    const again =
      !answer || [429, 503].includes(response!.status) || answer.code === "idempotency_in_progress";
    if (!again || attempt === 5) throw new Error(answer?.error ?? "Penora can't be reached.");
    const seconds = Number(response?.headers.get("Retry-After") ?? attempt);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** A picture for a person, paid for exactly when it is stored. */
async function drawFor(user_id: string, prompt: string) {
  const job = randomUUID();
  const hold = { user_id, amount: 8, app_name: "${READER.app}", description: prompt };
  const { hold_id } = await penora("holds", hold, job + "-hold");
  try {
    const project = {
      user_id,
      app_source: "${READER.app}",
      project_type: "ai_image",
      title: prompt,
      content: await draw(prompt),
      hold_id,
    };
    return await penora("save-project", project, job + "-save");
  } catch (error) {
    // If this fails too, the hold gives itself back when its time is over.
    await penora("holds/" + hold_id + "/release", {}, job + "-release").catch(() => {});
    throw error;
  }
}

/** Your work stands here. */
async function draw(prompt: string): Promise<string> {
  console.log("Drawing: " + prompt);
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return "data:image/png;base64," + png;
}

const saved = await drawFor("${READER.newcomer}", "A lighthouse in rain");
console.log(saved.project_code, "for", saved.credits_deducted, "credits");`;
