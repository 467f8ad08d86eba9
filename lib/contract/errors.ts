/**
 * Every word that `code` of a failure can be, with its HTTP status and its sentence for people.
 * The sentences that old clients compare are exact (contract, section 2). One table, used by the
 * hallway to render, by the OpenAPI document, and by the pages.
 */
export const ERRORS = {
  invalid_api_key: {
    status: 401,
    message: "Invalid or missing API key. Include X-API-Key header or api_key parameter.",
  },
  not_signed_in: { status: 401, message: "Please sign in." },
  insufficient_scope: { status: 403, message: "This key may not do that." },
  app_mismatch: { status: 403, message: "This key belongs to another app." },
  cross_site: { status: 403, message: "This request did not come from a page of Penora." },
  invalid_request: { status: 400, message: "Invalid request." },
  insufficient_credits: { status: 402, message: "Insufficient credits or deduction failed" },
  user_not_found: { status: 404, message: "User not found" },
  project_not_found: { status: 404, message: "Project not found" },
  hold_not_found: { status: 404, message: "Hold not found" },
  transaction_not_found: { status: 404, message: "Transaction not found" },
  not_found: { status: 404, message: "Not found" },
  method_not_allowed: { status: 405, message: "Method not allowed" },
  storage_limit_exceeded: { status: 413, message: "Storage limit exceeded. Maximum 1MB allowed." },
  payload_too_large: { status: 413, message: "The request is too large." },
  unsupported_media_type: { status: 415, message: "Send JSON with Content-Type: application/json." },
  idempotency_key_reused: {
    status: 422,
    message: "This idempotency key was used for a different request.",
  },
  idempotency_in_progress: {
    status: 409,
    message: "A request with this idempotency key is still being answered.",
  },
  hold_already_captured: { status: 409, message: "This hold was captured already." },
  hold_already_released: { status: 409, message: "This hold was released already." },
  hold_expired: { status: 409, message: "This hold has expired." },
  capture_exceeds_hold: { status: 422, message: "The capture is larger than what is held." },
  refund_exceeds_original: {
    status: 422,
    message: "The refund is larger than what is left of the original.",
  },
  not_refundable: { status: 422, message: "This transaction can't be refunded." },
  version_conflict: { status: 409, message: "The project was changed in the meantime." },
  reference_reused: { status: 409, message: "This reference was used for something else." },
  session_changed: { status: 409, message: "Somebody else is signed in now." },
  not_drawable: { status: 422, message: "PDF can’t draw a script of this text. The other formats can." },
  too_many_shares: { status: 409, message: "This project has ten links already. Revoke one first." },
  rate_limited: { status: 429, message: "Too many requests. Please slow down." },
  story_busy: {
    status: 409,
    message: "This story is being written. Stop it first, or wait until it is done.",
  },
  too_many_generations: { status: 429, message: "Three texts are being written already." },
  unavailable: { status: 503, message: "The service can't be reached right now. Nothing was changed." },
  internal: { status: 500, message: "Internal server error" },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;
