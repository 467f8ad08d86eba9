/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Next would answer /penora/ with a cacheable redirect that repeats the token; the middleware does it instead.
  skipTrailingSlashRedirect: true,
  // A dev server prints every URL with its query, and a query can hold a token.
  logging: { incomingRequests: false },
  // `npm test` checks the types, tests included; whoever only starts Penora need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Where Next itself mounts the doors, the readiness door compares the database with the migrations, and PDFs need fonts.
  outputFileTracingIncludes: {
    "/api/**": ["./prisma/migrations/**/*", "./node_modules/dejavu-fonts-ttf/**/*"],
  },
  serverExternalPackages: ["pg", "pino", "prom-client", "pdfkit", "fontkit"],
  // A page of another app may load the client as a module; there is nothing in it that isn't public.
  headers: async () => [
    { source: "/sdk/:file", headers: [{ key: "Access-Control-Allow-Origin", value: "*" }] },
  ],
};
