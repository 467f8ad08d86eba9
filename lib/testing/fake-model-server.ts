import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { FAKE_MODELS, fakeText, type FakeBehaviour } from "@/lib/testing/fake-models";

export interface FakeRequest {
  path: string;
  headers: IncomingMessage["headers"];
  body: { model?: string; stream?: boolean; messages?: { role: string; content: unknown }[] } & Record<
    string,
    unknown
  >;
  /** The caller went away before the answer was whole. */
  aborted: boolean;
}

export interface FakeModelServer {
  /** What goes into `AI_BASE_URL`. */
  url: string;
  /** Every request for a completion so far, oldest first. */
  requests: FakeRequest[];
  /** Answers for the next requests, one each; they go before the handler and the model's name. */
  enqueue(...behaviours: FakeBehaviour[]): void;
  /** Chooses the answer of every request that the queue does not answer; undefined leaves it to the model's name. */
  handle(handler: ((request: FakeRequest) => FakeBehaviour | undefined) | undefined): void;
  /** Resolves when `condition` holds; it is asked again whenever a request begins, goes on or ends. */
  until(condition: (server: FakeModelServer) => boolean): Promise<void>;
  /** Forgets requests, queue and handler. */
  reset(): void;
  close(): Promise<void>;
}

/** A model server on this machine that speaks OpenAI's chat completions over HTTP, streamed or whole. */
export async function startFakeModelServer(port = 0): Promise<FakeModelServer> {
  const queue: FakeBehaviour[] = [];
  const waiting = new Set<() => void>();
  let handler: ((request: FakeRequest) => FakeBehaviour | undefined) | undefined;
  const changed = () => waiting.forEach((check) => check());

  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? "/", "http://fake").pathname;
    if (path === "/v1/models") {
      const data = Object.keys(FAKE_MODELS).map((id) => ({
        id,
        object: "model",
        created: 0,
        owned_by: "fake",
      }));
      return sendJson(outgoing, 200, { object: "list", data });
    }
    if (path !== "/v1/chat/completions" || incoming.method !== "POST") {
      return sendJson(outgoing, 404, { error: { message: "Not found", type: "invalid_request_error" } });
    }
    const request: FakeRequest = {
      path,
      headers: incoming.headers,
      body: await readJson(incoming),
      aborted: false,
    };
    const behaviour = queue.shift() ?? handler?.(request) ?? FAKE_MODELS[request.body.model ?? ""] ?? {};
    outgoing.on("close", () => {
      request.aborted = !outgoing.writableFinished && !outgoing.errored;
      changed();
    });
    fake.requests.push(request);
    changed();
    await behaviour.after;
    await behave(request, behaviour, outgoing, changed);
  }

  const fake: FakeModelServer = {
    url: "",
    requests: [],
    enqueue: (...behaviours) => void queue.push(...behaviours),
    handle: (next) => void (handler = next),
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(fake)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    reset: () => {
      fake.requests.length = 0;
      queue.length = 0;
      handler = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return fake;
}

async function behave(
  request: FakeRequest,
  behaviour: FakeBehaviour,
  outgoing: ServerResponse,
  changed: () => void,
): Promise<void> {
  if (behaviour.silent) return;
  if (behaviour.status !== undefined) {
    const error = {
      message: behaviour.errorMessage ?? "Something failed.",
      type: "server_error",
      param: null,
      code: null,
    };
    return sendJson(outgoing, behaviour.status, { error }, behaviour.headers);
  }
  if (behaviour.body !== undefined) {
    outgoing.writeHead(200, {
      "content-type": behaviour.contentType ?? "application/json",
      ...behaviour.headers,
    });
    outgoing.end(behaviour.body);
    return;
  }
  const text =
    behaviour.text ?? fakeText(wordsAskedFor(request), behaviour.chapter ?? pieceAskedFor(request));
  if (request.body.stream) await sendStream(request, { ...behaviour, text }, outgoing, changed);
  else sendWhole(request, { ...behaviour, text }, outgoing);
}

async function sendStream(
  { body }: FakeRequest,
  behaviour: FakeBehaviour & { text: string },
  outgoing: ServerResponse,
  changed: () => void,
): Promise<void> {
  const {
    text,
    wordsPerChunk = 4,
    msPerChunk = 0,
    reasoning,
    finishReason = "stop",
    done = true,
  } = behaviour;
  const frame = { id: "chatcmpl-fake", object: "chat.completion.chunk", created: 1, model: body.model };
  const send = (data: object) =>
    new Promise<void>((resolve) => {
      outgoing.write(`data: ${JSON.stringify({ ...frame, ...data })}\n\n`, () => resolve());
    });
  const choice = (delta: object, finish_reason: string | null = null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });

  outgoing.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    ...behaviour.headers,
  });
  await send(choice({ role: "assistant", content: "" }));
  if (reasoning) await send(choice({ reasoning_content: reasoning }));
  const words = text.match(/\s*\S+/g) ?? [];
  for (let at = 0, chunk = 0; at < words.length && !outgoing.destroyed; at += wordsPerChunk, chunk += 1) {
    if (chunk === behaviour.stallAfterChunks) return;
    if (chunk === behaviour.breakAfterChunks) return void outgoing.destroy();
    if (msPerChunk > 0) await sleep(msPerChunk);
    await send(choice({ content: words.slice(at, at + wordsPerChunk).join("") }));
    changed();
  }
  if (outgoing.destroyed) return;
  if (finishReason !== null) {
    await send(choice({}, finishReason));
    const wantsUsage = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage;
    if (wantsUsage) await send({ choices: [], usage: usageOf(words.length) });
  }
  outgoing.end(done ? "data: [DONE]\n\n" : undefined);
}

function sendWhole(
  { body }: FakeRequest,
  { text, reasoning, finishReason = "stop" }: FakeBehaviour & { text: string },
  outgoing: ServerResponse,
): void {
  const message = {
    role: "assistant",
    content: text,
    ...(reasoning ? { reasoning_content: reasoning } : {}),
  };
  sendJson(outgoing, 200, {
    id: "chatcmpl-fake",
    object: "chat.completion",
    created: 1,
    model: body.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage: usageOf(text.split(/\s+/).length),
  });
}

function wordsAskedFor({ body }: FakeRequest): number {
  const asked = JSON.stringify(body.messages ?? [])
    .match(/about (\d{1,5}) words/g)
    ?.at(-1);
  return Number(/\d+/.exec(asked ?? "")?.[0] ?? 100);
}

/** Wrong on purpose: nobody may bill by it. */
function usageOf(words: number) {
  return { prompt_tokens: 999_999, completion_tokens: words * 1_000, total_tokens: 999_999 + words * 1_000 };
}

async function readJson(incoming: IncomingMessage): Promise<FakeRequest["body"]> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") as FakeRequest["body"];
}

function sendJson(
  outgoing: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  outgoing.writeHead(status, { "content-type": "application/json", ...headers });
  outgoing.end(JSON.stringify(value));
}

/** Which page or answer is asked for, from 0: no two of one text are the same. */
function pieceAskedFor({ body }: FakeRequest): number {
  const asked = JSON.stringify(body.messages ?? "");
  if (asked.includes("Take a turn that is not the obvious one")) return 1;
  if (asked.includes("Take a third way")) return 2;
  return Number(/You write page (\d+) now/.exec(asked)?.[1] ?? 1) - 1;
}
