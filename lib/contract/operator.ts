import { z } from "zod";
import { amount, appName, instant, MAX_DESCRIPTION_LENGTH, text, userId, wholeNumber } from "./fields";
import { SCOPES } from "./operation";

/* What an operator may say, by command today. Names are those of the unified API. */

const reason = text(MAX_DESCRIPTION_LENGTH).refine(
  (value) => value.trim() !== "",
  "must say why: it stands in the person's statement and in the log of operators",
);
const reference = text(128).min(1, "must not be empty").optional();
const by = text(200).min(1, "must not be empty").optional();
const keyId = z.string().regex(/^key_[\w-]{1,64}$/, "must be the id of a key, like key_…");
const times = wholeNumber(1, 1_000_000);

export const GrantByHand = z.object({
  user_id: userId,
  amount,
  reason,
  type: z
    .enum(["adjustment", "bonus", "purchased"], "must be adjustment, bonus or purchased")
    .default("adjustment"),
  reference,
  by,
});

export const DebitByHand = z.object({ user_id: userId, amount, reason, reference, by });

export const ShowPurse = z.object({ user_id: userId });

const why = { reason: text(MAX_DESCRIPTION_LENGTH).default(""), by };
const rate = { rate: times.nullable().optional(), burst: times.optional() };

export const CreateKey = z.object({
  app: appName,
  scopes: z.array(z.enum(SCOPES, `must be of ${SCOPES.join(", ")}`)).min(1, "must not be empty"),
  expires: instant.nullable().default(null),
  ...rate,
  ...why,
});

export const RotateKey = z.object({
  app: appName,
  "grace-hours": z
    .number("must be hours")
    .min(0, "must be at least 0")
    .max(2_160, "must be at most 2160")
    .default(24),
  ...why,
});

export const ExpireKey = z.object({ id: keyId, at: instant.nullable(), ...why });

export const LimitKey = z.object({ id: keyId, ...rate, rate: times.nullable(), ...why });

export const RevokeKey = z.object({ id: keyId, ...why });

export const ListKeys = z.object({ app: appName.optional() });

export const ListActions = z.object({
  subject: text(128).optional(),
  limit: wholeNumber(1, 1_000).default(20),
});
