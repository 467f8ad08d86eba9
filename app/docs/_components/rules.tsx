import type { ReactNode } from "react";
import { INITIAL_CREDITS, WELCOME_BONUS } from "@/lib/contract/credits";
import { KEY_RATE_LIMIT } from "@/lib/contract/limits";
import { SCOPES } from "@/lib/contract/operation";
import { failureExample } from "@/lib/contract/reference/openapi-failures";
import { SCOPE_WORDS } from "@/lib/contract/reference/scope-words";
import { BIN_DAYS, MAX_PROJECTS } from "@/lib/contract/workspace";
import { figure } from "@/lib/ui/figure";
import { AnchoredHeading } from "./anchored-heading";
import { CodeBlock } from "./code-block";
import { FieldList } from "./field-list";
import { Prose } from "./prose";

type Rule = { readonly id: string; readonly title: string; readonly text: string; readonly more?: ReactNode };

/** What holds for every call, told once. */
export const RULES: readonly Rule[] = [
  {
    id: "keys",
    title: "Keys",
    text: "Send the key of your app in the header `X-API-Key`; `Authorization: Bearer` does as well. Two different keys in one request are refused. A key acts for one app: it may leave `app_name` and `app_source` out, and can't name another. Keep it on your server: in a page everybody could read it.\n\nReading crosses apps, writing does not: your app may list what another saved, but change only its own. Holds and transactions are settled and refunded by the app that made them. Two keys can be valid at a time, so that one can be exchanged without a gap.",
    more: (
      <FieldList
        as="h4"
        title="What a scope allows"
        rows={SCOPES.map((name) => ({ name, words: SCOPE_WORDS[name], kind: "", required: false }))}
      />
    ),
  },
  {
    id: "answers",
    title: "Answers and failures",
    text: "Success is 200 with `success: true`. A failure has its own status, `success: false`, a sentence in `error` and a word for programs in `code`: compare the word, show the sentence. A failure has changed nothing. Every answer carries `X-Request-Id`, your own where you sent one of 1 to 64 letters, digits, dots, dashes or underscores.\n\nFields that we do not know are ignored. Do the same: new fields and new codes may come at any time. What each code means and what to do stands on the page [Failures](/docs/errors).",
    more: (
      <CodeBlock
        label="A failure: 402 insufficient_credits"
        code={JSON.stringify(failureExample("insufficient_credits"), null, 2)}
      />
    ),
  },
  {
    id: "idempotency",
    title: "Idempotency",
    text: "Send an `Idempotency-Key` of 1 to 255 characters with everything that changes something: a new key for each thing that you want done, best made from your own job's id. For 72 hours the same key with the same request gives the first answer again, with the first `timestamp` and `Idempotent-Replayed: true`, and nothing is done twice. Also after a crash, and also where the request would be refused by now.\n\nThe same key with another method, path or input is 422 `idempotency_key_reused`. While the first request is still under way, the second waits for its answer. Only successes are kept: after a refusal you may repeat with the same key. Keys belong to your app, not to one API key.",
  },
  {
    id: "retries",
    title: "Retries",
    text: "Repeat with the same `Idempotency-Key` after a lost connection or a time-out, after 429 and 503, and after 409 `idempotency_in_progress`; wait as `Retry-After` says, else a little longer each time. Everything else will be answered the same way again: do not repeat it.",
  },
  {
    id: "rate-limits",
    title: "Rate limits",
    text: `Unless the operator has said otherwise, a key may ask ${figure(KEY_RATE_LIMIT.requests_per_second)} times a second, with bursts of ${figure(KEY_RATE_LIMIT.burst)} after a rest. Past that the answer is 429 \`rate_limited\` with \`Retry-After\` in seconds. A request that was refused never spent anything, and lack of credits is never a 429.`,
  },
  {
    id: "units",
    title: "Units",
    text: `Credits are whole numbers; people see them as KU Coins. A new person begins with ${INITIAL_CREDITS + WELCOME_BONUS}. Storage is counted in bytes; fields that end in \`_mb\` are MB of 1,048,576 bytes with 2 decimals. Times are ISO 8601 in UTC and end in \`Z\`.\n\n\`user_id\` is opaque text of 1 to 128 characters, often 21 digits long. Never turn it into a number: past 2^53 a number has lost digits, and would charge somebody else. It is refused as a number from there on.`,
  },
  {
    id: "lists",
    title: "Lists",
    text: "Newest first. Ask for the next page with `cursor`, which is the `next_cursor` of the one before; at the end it is null. A list stays stable while rows are added: nothing comes twice and nothing is left out. A `limit` over 200 is read as 200.",
  },
  {
    id: "versions",
    title: "Versions",
    text: "`user_version` rises by one with every change of a person's balance, held credits, storage or profile. Answers can arrive out of order: of two balances the one with the higher version is the newer. `GET user-info` carries it as an `ETag`; ask with `If-None-Match`, and as long as nothing has changed the answer is an empty 304.\n\nA project has a `version` of its own. Send the one that you read with your change: if somebody was faster, the answer is 409 `version_conflict` and nobody's words are lost.\n\nThe API itself only grows. A name that was shipped is not renamed; what would break a program does not pass our tests.",
  },
  {
    id: "storage",
    title: "Storage",
    text: `Each person has 1 MB, shared by all apps and counted as the UTF-8 bytes of \`content\`. It is checked and written in one step: two saves can't both take the last byte. Deleting gives the bytes back at once, and the project lies in the bin for ${BIN_DAYS} days. At most ${figure(MAX_PROJECTS)} projects a person. A request may have 4 MB, because escaped JSON is longer than the text in it.`,
  },
];

/** The rules, one below the other. */
export function Rules() {
  return RULES.map(({ id, title, text, more }) => (
    <section key={id} aria-labelledby={id} className="border-t border-line pt-6 pb-9">
      <AnchoredHeading as="h3" id={id}>
        {title}
      </AnchoredHeading>
      <div className="mt-3">
        <Prose>{text}</Prose>
      </div>
      {more === undefined ? null : <div className="mt-5">{more}</div>}
    </section>
  ));
}
