import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { house } from "./lib/testing/lint-walls.mjs";

const TESTS = ["**/*.test.{ts,tsx}", "e2e/**", "lib/testing/**"];

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      ".next/",
      ".penora/",
      "public/",
      "coverage/",
      "test-results/",
      "playwright-report/",
      "lib/database/generated/",
      "next-env.d.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A callback that answers a promise where none is awaited is the usual way of event handlers.
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      // `async` keeps a throw inside the promise, also where nothing is awaited yet.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "no-control-regex": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
    },
  },
  // The walls of the house. `lib/testing/walls.test.ts` proves that each of them stands.
  {
    plugins: { house },
    rules: {
      "house/imports": "error",
      "house/environment": "error",
      "house/sql": "error",
      "house/server-only": "error",
      "house/doors": "error",
      "house/whole-tests": "error",
    },
  },
  // What talks to the person who started it.
  {
    files: ["lib/server/**", "prisma/**", "e2e/**", "**/*.config.*", "lib/testing/**"],
    rules: { "no-console": "off" },
  },
  {
    files: TESTS,
    rules: {
      "no-loss-of-precision": "off", // numbers past 2^53 are what some tests are about
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  { files: ["**/*.{js,mjs}"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
);
