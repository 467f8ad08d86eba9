/** The environment of every test: complete, harmless, and the same whatever the shell has set. */
export const TEST_ENVIRONMENT = {
  DATABASE_URL: "postgresql://nobody@127.0.0.1:9/this-test-has-no-database",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789",
  SUKUSUKU_JWT_SECRET: "hub-secret-of-the-tests-0123456789abcdef",
  PENORA_API_KEY: "root-key-of-the-tests-0123456789abcdef",
  PENORA_DEMO_SECRET: "demo-secret-of-the-tests-0123456789abcd",
  APP_URL: "http://localhost:3000",
} as const;

/** Makes `process.env` that environment. Runs before any module of ours is loaded. */
export function useTestEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(SUKUSUKU_|AI_|PENORA_|DIRECT_DATABASE_URL$|HOST$|PORT$|TRUST_PROXY$|CORS_ORIGINS$)/.test(name)) {
      delete process.env[name];
    }
  }
  Object.assign(process.env, TEST_ENVIRONMENT);
}

useTestEnvironment();
