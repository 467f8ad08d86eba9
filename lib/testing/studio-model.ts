import { afterAll, afterEach, expect } from "vitest";
import { reopenRunnersForTests, stopRunners } from "@/lib/domains/studio/runners";
import { configureStudio } from "@/lib/domains/studio/studio-settings";
import { type FakeModelServer, startFakeModelServer } from "./fake-model-server";
import { broken } from "./invariant";

/**
 * The model server of a test file. After each test whatever still writes is stopped, the model and the studio are as they
 * were, and every purse must agree with its ledger; `check` may look at more while all is still.
 */
export async function studioModel(check?: () => Promise<void>): Promise<FakeModelServer> {
  const model = await startFakeModelServer();
  afterAll(() => model.close());
  afterEach(async () => {
    await stopRunners();
    reopenRunnersForTests();
    model.reset();
    configureStudio();
    expect(await broken()).toEqual([]);
    await check?.();
  });
  return model;
}
