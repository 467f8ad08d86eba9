import { defineConfig } from "prisma/config";

// The CLI insists on a native schema engine that it would have to download. `generate`, `validate` and `format` never
// run it, so that any program will do; migrations are the work of prisma/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

const url = process.env.DIRECT_DATABASE_URL || process.env.DATABASE_URL;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(url ? { datasource: { url } } : {}),
});
