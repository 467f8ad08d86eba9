import { startFakeModelServer } from "@/lib/testing/fake-model-server";

/** `tsx e2e/fake-model.ts [port]`: the model server of the tests, to be named as AI_BASE_URL. A model's name chooses how it behaves. */
const server = await startFakeModelServer(Number(process.argv[2] ?? 0));
console.log(server.url);
