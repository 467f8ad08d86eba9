import { ApiError, describeFailure } from "@/lib/client/api-error";

export interface Failure {
  readonly title: string;
  readonly description: string;
  readonly topup?: boolean;
  readonly workspace?: boolean;
}

/** What to tell of a text that was not begun: what happened, and that no coins were taken. */
export function failureInWords(error: unknown): Failure {
  if (!(error instanceof ApiError)) return describeFailure(error);
  const { answer } = error;
  switch (error.code) {
    case "insufficient_credits":
      return {
        title: "Not enough KU Coins",
        description: `You have ${String(answer.credits)}, and this needs ${String(answer.required)}. Nothing was charged.`,
        topup: true,
      };
    case "storage_limit_exceeded":
      return {
        title: "Not enough room in the workspace",
        description: typeof error.details === "string" ? error.details : "Nothing was charged.",
        workspace: true,
      };
    case "too_many_generations":
      return {
        title: "Three texts are being written already",
        description: "Wait until one of them has ended, or stop one. Nothing was charged.",
      };
    case "story_busy":
      return {
        title: "This story is being worked on",
        description: "Stop it first, or wait until it is done. Nothing was charged and nothing was changed.",
      };
    case "unavailable":
      return /^Writing is not available/.test(error.message)
        ? {
            title: "Writing is not available",
            description: error.message.replace(/^[^:]*: /, "This is why: "),
          }
        : {
            title: "Penora can’t be reached",
            description: "Nothing was charged. Please try again in a moment.",
          };
    case "unreachable":
      return {
        title: "Penora can’t be reached",
        description: "Check the connection and try again. You are never charged twice for the same text.",
      };
    default:
      return describeFailure(error);
  }
}
