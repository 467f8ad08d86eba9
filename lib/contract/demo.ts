import { z } from "zod";
import { cutText, text, timestamp, wholeNumber } from "./fields";
import { defineOperation } from "./operation";

/** Every id that the demo hub signs begins so; its key is good for no other. */
export const DEMO_ID_PREFIX = "demo_";

/** What a picture of the demo's ImageGene costs. */
export const DEMO_PICTURE_PRICE = 5;

/** The person that the demo hub is to sign in. Without the prefix the id is given it. */
const demoPerson = {
  user_id: z
    .string()
    .transform((id) => id.trim().toLowerCase())
    .transform((id) => (id.startsWith(DEMO_ID_PREFIX) ? id : DEMO_ID_PREFIX + id))
    .pipe(z.string().regex(/^demo_[a-z0-9_-]{1,40}$/, "must be 1 to 40 of a–z, 0–9, _ and -")),
  username: cutText(80),
  email: text(320).refine((email) => /^[^\s@]+@[^\s@]+$/.test(email), "must be an email address"),
  credits: wholeNumber(0, 1_000_000).optional(),
  subscription_status: text(64).optional(),
  profile_image: text(4_000).optional(),
  bio: text(500).optional(),
  website: text(500).optional(),
};

export type DemoPerson = z.input<z.ZodObject<typeof demoPerson>>;

export const demoSignIn = defineOperation({
  id: "demoSignIn",
  method: "POST",
  path: "/api/demo/sign-in",
  summary: "As the hub: sign a token, and answer the link that it would send the browser to",
  auth: "open",
  body: z.object({ ...demoPerson, redirect: text(4_000).optional() }),
  response: z.object({ success: z.literal(true), link: z.string() }),
  envelope: "plain",
  errors: ["not_found"],
});

/** One call that the demo's ImageGene made of the unified API, as it went over the wire. */
const demoStep = z.object({
  title: z.string(),
  method: z.enum(["GET", "POST"]),
  path: z.string(),
  request: z.record(z.string(), z.unknown()).nullable(),
  status: z.number().int(),
  response: z.unknown(),
});

export type DemoStep = z.infer<typeof demoStep>;

export const demoPicture = defineOperation({
  id: "demoPicture",
  method: "POST",
  path: "/api/demo/picture",
  summary: "As ImageGene: check, deduct, draw, save, each through the unified API",
  auth: "session",
  body: z.object({
    prompt: text(300)
      .transform((prompt) => prompt.trim())
      .pipe(z.string().min(1, "must not be empty")),
  }),
  response: z.object({
    success: z.literal(true),
    steps: z.array(demoStep),
    /** In a sentence: what became of the coins. */
    outcome: z.string(),
    picture: z.string().nullable(),
    project_code: z.string().nullable(),
    credits: z.number().int().nullable(),
    finished_at: timestamp,
  }),
  envelope: "plain",
  errors: ["not_found"],
});
