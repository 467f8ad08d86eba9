import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

const database = {
  globalSetup: ["lib/testing/global-setup.ts"],
  setupFiles: ["lib/testing/environment.ts", "lib/testing/setup-database.ts"],
};

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // What `--conditions=react-server` does in a running server, without taking client React away from the tests.
      { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    pool: "forks",
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: false,
    exclude: ["**/node_modules/**", ".next/**", ".penora/**", "e2e/api/**", "e2e/journeys/**"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [
            "**/node_modules/**",
            ".next/**",
            ".penora/**",
            "e2e/**",
            "**/*.db.test.ts",
            "**/*.race.test.ts",
          ],
          setupFiles: ["lib/testing/environment.ts"],
          // For what hangs. How fast something is, the bench tells; a busy machine is no failure.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          ...database,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "race",
          include: ["**/*.race.test.ts"],
          ...database,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
