import { randomBytes } from "node:crypto";
import { env } from "@/lib/foundation/env";

/** A word that no page before had, and that nobody can guess: scripts that bear it are ours. */
export function makeNonce(): string {
  return randomBytes(16).toString("base64");
}

/** What scripts, styles and pictures a page may load: ours, by nonce; pictures also from wherever a person's lie. */
export function contentSecurityPolicy(nonce: string): string {
  const { production } = env();
  // The development server evaluates code, inserts styles for its overlay, and speaks over a WebSocket.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${production ? "" : " 'unsafe-eval'"}`;
  const styles = production ? `'self' 'nonce-${nonce}'` : "'self' 'unsafe-inline'";
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${production ? "" : " ws:"}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The headers that every page carries, from the first on (contract, section 1). */
export function pageHeaders(policy: string): Record<string, string> {
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(env().appUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}
