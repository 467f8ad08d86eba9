import { describe, expect, it } from "vitest";
import { chooseWriter, type WriterSettings } from "@/lib/ai/choose-writer";
import { DEMO_WRITER_LABEL } from "@/lib/ai/demo-writer/demo-writer";

const none: WriterSettings = {
  aiBaseUrl: undefined,
  aiApiKey: undefined,
  aiModelCreative: undefined,
  aiModelBalanced: undefined,
  aiModelFast: undefined,
  aiModelFallback: undefined,
  demo: false,
};
const models = { aiModelCreative: "a", aiModelBalanced: "b", aiModelFast: "c" };

describe("chooseWriter", () => {
  it("has nobody to write on a server without a model", () => {
    expect(chooseWriter(none)).toBeNull();
  });

  it("takes the demo writer in a demo only", () => {
    expect(chooseWriter({ ...none, demo: true })).toMatchObject({ isDemo: true, label: DEMO_WRITER_LABEL });
  });

  it("takes the configured model, in a demo too", () => {
    const settings = { ...none, ...models, aiBaseUrl: "http://127.0.0.1:9/v1", demo: true };
    expect(chooseWriter(settings)).toMatchObject({ isDemo: false });
  });

  it("never takes the demo writer in place of a model that is only half configured", () => {
    expect(chooseWriter({ ...none, aiBaseUrl: "http://127.0.0.1:9/v1", demo: true })).toBeNull();
  });
});
