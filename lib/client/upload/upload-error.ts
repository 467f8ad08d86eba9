export type UploadProblem = "type" | "too_large" | "empty" | "encrypted" | "broken";

/** Why a file can't be used, in a sentence for the one who chose it. */
export class UploadError extends Error {
  constructor(
    readonly problem: UploadProblem,
    message: string,
  ) {
    super(message);
    this.name = "UploadError";
  }
}
