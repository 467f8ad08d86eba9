import type { Operation, OutputOf } from "../operation";
import type { PublicOperation, PublicOperationId } from "../public-operations";
import { aboutAccounts } from "./about-accounts";
import { aboutCredits } from "./about-credits";
import { aboutHolds } from "./about-holds";
import { aboutLive } from "./about-live";
import { aboutOlder } from "./about-older";
import { aboutService } from "./about-service";
import { aboutWorkspace } from "./about-workspace";

/** The parts of the API, in the order in which one meets them. */
export const AREAS = {
  people: { title: "Keys and people", text: "Who asks, and for whom." },
  credits: { title: "Credits", text: "The purse that all apps share, and the ledger behind it." },
  holds: {
    title: "Holds",
    text: "Credits set aside for work that may fail: charged when it is done, given back when it is not.",
  },
  live: { title: "Live balance", text: "A balance that moves in your page as it moves in the ledger." },
  workspace: { title: "Workspace", text: "What people keep, whichever app made it." },
  neighbours: {
    title: "Older neighbours",
    text: "Addresses that sibling apps called before the unified API.",
  },
  service: { title: "Service", text: "Penora about itself." },
} as const;

export type Area = keyof typeof AREAS;

/** An answer that is no JSON. */
export interface RawAnswer {
  readonly contentType: string;
  readonly text: string;
}

/** An event of a stream; `data` goes over the wire as JSON. */
export interface EventAnswer<D = unknown> {
  readonly id: string;
  readonly event: string;
  readonly data: D;
}

/** What is told about an operation beside what it declares: words, and an answer to its example. */
export interface About<O extends Operation = Operation> {
  readonly area: Area;
  /** Paragraphs, with `code` in backticks. What it does and when one wants it; not what its fields say. */
  readonly text: string;
  /** Without `success` and `timestamp` of the envelope. A wrong shape does not compile. */
  readonly answer: O["reply"] extends "raw"
    ? RawAnswer
    : O["reply"] extends "events"
      ? EventAnswer<OutputOf<O>>
      : OutputOf<O>;
}

/** Of these operations, all that is to be told of each. */
export type AboutEach<O extends PublicOperation> = { readonly [P in O as P["id"]]: About<P> };

/** A public operation without words does not compile. */
const ABOUT: AboutEach<PublicOperation> = {
  ...aboutAccounts,
  ...aboutCredits,
  ...aboutHolds,
  ...aboutLive,
  ...aboutWorkspace,
  ...aboutOlder,
  ...aboutService,
};

/** In the order in which one reads of them. */
export const PUBLIC_IDS = Object.keys(ABOUT) as PublicOperationId[];

/** What is told about an operation of the list. */
export function aboutOf({ id }: Operation): About {
  // The list is of public operations, and the type above has one entry for each.
  return ABOUT[id as PublicOperationId];
}

/** The whole answer to the example, where it is JSON. */
export function answerOf(operation: Operation): unknown {
  const { answer } = aboutOf(operation);
  return operation.envelope === "plain"
    ? answer
    : { success: true, ...(answer as object), timestamp: ANSWERED_AT };
}

/** The answer to the example as it goes over the wire: what kind of text, and the text. */
export function wireAnswerOf(operation: Operation): RawAnswer {
  const { answer } = aboutOf(operation);
  // The type of `About` ties the kind of the answer to the operation's reply.
  if (operation.reply === "raw") return answer as RawAnswer;
  if (operation.reply !== "events")
    return { contentType: "application/json", text: JSON.stringify(answerOf(operation), null, 2) };
  const { id, event, data } = answer as EventAnswer;
  return {
    contentType: "text/event-stream",
    text: `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
  };
}

/** When the answers of the reference were given. */
export const ANSWERED_AT = "2026-11-21T09:30:00.000Z";
