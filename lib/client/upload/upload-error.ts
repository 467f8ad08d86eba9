export type UploadProblem = "type" | "too_large" | "empty" | "encrypted" | "broken" | "slow" | "reader";

/** No fault of the file: what reads it did not come. */
export const NOT_LOADED = "What reads files could not be loaded. Check the connection, and try again.";

/** Why a file can't be used, in a sentence for the one who chose it. */
export class UploadError extends Error {
  constructor(
    readonly problem: UploadProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "UploadError";
  }
}
