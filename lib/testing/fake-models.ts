/** How one request is answered. An empty object is an ordinary, quick answer. */
export interface FakeBehaviour {
  /** What it writes; default `fakeText` of as many words as the prompt asks for ("about 400 words"), else 100. */
  text?: string;
  /** Of that default: the chapter that it is of. */
  chapter?: number;
  wordsPerChunk?: number;
  msPerChunk?: number;
  /** Answers once this is fulfilled. */
  after?: Promise<void>;
  /** Accepts the request and never answers. */
  silent?: boolean;
  /** Sends this many chunks of text, then nothing more, and keeps the connection open. */
  stallAfterChunks?: number;
  /** Sends this many chunks of text, then destroys the connection. */
  breakAfterChunks?: number;
  /** What the last chunk says; null leaves it out, as a proxy does that ends a stream early. */
  finishReason?: "stop" | "length" | "content_filter" | null;
  /** false: no `data: [DONE]` at the end. */
  done?: boolean;
  /** Sent in the field of its own that reasoning models use, before the text. */
  reasoning?: string;
  /** A failure instead of an answer, as OpenAI words it. */
  status?: number;
  headers?: Record<string, string>;
  errorMessage?: string;
  /** Exactly this as the answer, with `contentType`. */
  body?: string;
  contentType?: string;
}

const SIGHTS = ["rain", "snow", "wind", "fog", "dust", "smoke", "frost", "hail"];
const PLACES = ["rivers", "fields", "streets", "stairs", "rooms", "roads", "hills"];

/** Behaviours that a model's name chooses, for servers that are configured from outside. */
export const FAKE_MODELS: Record<string, FakeBehaviour> = {
  "fake-normal": {},
  "fake-slow": { msPerChunk: 60 },
  "fake-silent": { silent: true },
  "fake-stalls": { stallAfterChunks: 3 },
  "fake-breaks-off": { breakAfterChunks: 5 },
  "fake-500": { status: 500, errorMessage: "The server had an error while processing your request." },
  "fake-429": { status: 429, headers: { "retry-after": "1" }, errorMessage: "Rate limit reached." },
  "fake-401": { status: 401, errorMessage: "Incorrect API key provided: sk-fake-1234." },
  "fake-rubbish": { body: "data: {this is no JSON\n\n", contentType: "text/event-stream" },
  "fake-html": { body: "<!doctype html><title>Welcome</title>", contentType: "text/html" },
  "fake-no-choices": { body: 'data: {"choices":[]}\n\ndata: [DONE]\n\n', contentType: "text/event-stream" },
  "fake-empty": { text: "" },
  "fake-long": { text: fakeText(5_000), wordsPerChunk: 40 },
  "fake-length": { finishReason: "length" },
  "fake-filtered": { text: "", finishReason: "content_filter" },
  "fake-no-end": { finishReason: null, done: false },
  "fake-no-done": { done: false },
  "fake-thinks": { text: `<think>\nFirst I plan it.\n</think>\n\n${fakeText(100)}` },
  "fake-reasons": { reasoning: "First I plan it." },
};

/**
 * Numbered sentences of eight words, so that a test sees a missing or doubled one. Exactly `words` words. No two chapters
 * share a run of six words.
 */
export function fakeText(words: number, chapter = 0): string {
  const [sight, place] = [SIGHTS[chapter % SIGHTS.length], PLACES[chapter % PLACES.length]];
  const all = Array.from(
    { length: Math.ceil(words / 8) },
    (_, at) => `Sentence ${at + 1} tells of ${sight} and wide ${place}.`,
  )
    .join(" ")
    .split(" ");
  return words === 0 ? "" : `${all.slice(0, words).join(" ").replace(/\.?$/, "")}.`;
}
