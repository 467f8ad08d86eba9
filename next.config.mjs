/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Next would answer /penora/ with a cacheable redirect that repeats the token; the middleware does it instead.
  skipTrailingSlashRedirect: true,
  // A dev server prints every URL with its query, and a query can hold a token.
  logging: { incomingRequests: false },
  serverExternalPackages: ["pg", "pino"],
};
