import { randomBytes, randomInt, randomUUID } from "node:crypto";

const CODE_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Six characters of A–Z and 0–9 from a cryptographic source: the code of a project, without its prefix. */
export function randomCode(): string {
  let code = "";
  for (let i = 0; i < 6; i++) code += CODE_ALPHABET[randomInt(CODE_ALPHABET.length)];
  return code;
}

/** A version 4 UUID. */
export function newId(): string {
  return randomUUID();
}

/** `bytes` random bytes as base64url: for keys and secrets. */
export function randomSecret(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}
