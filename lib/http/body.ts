import { AppError } from "@/lib/foundation/app-error";

/** 1 MB of text can be 3 MB of escaped JSON (contract, section 2). */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON object. No body at all is an empty object, so that the answer names the missing fields.
 * @throws `unsupported_media_type`, `payload_too_large` past 4 MB, `invalid_request` for anything but an object.
 */
export async function readJsonObject(request: Request): Promise<Record<string, unknown>> {
  requireJson(request.headers.get("content-type"));
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  const value = parseJson(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("invalid_request", { message: "The body must be a JSON object." });
  }
  return value as Record<string, unknown>;
}

function requireJson(contentType: string | null): void {
  // Old clients leave the header out; what they send is still judged as JSON.
  if (contentType === null || contentType === "") return;
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new AppError("unsupported_media_type");
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  // A length that was told has been checked; only a body of unknown length must be counted as it comes.
  if (request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new AppError("invalid_request", { message: "The body is not valid JSON in UTF-8.", cause });
  }
}

function tooLarge(): AppError {
  return new AppError("payload_too_large", { message: "The request is too large. At most 4 MB." });
}
