import "server-only";
import { z } from "zod";
import { WriterError, type Writer, type WriteRequest, type WriterErrorKind } from "@/lib/ai/port";
import { delimited, materialRule, paragraphs } from "@/lib/ai/prompt-parts";
import { readJson } from "@/lib/ai/read-json";
import { cutText } from "@/lib/contract/prompt-input";

/** How often one thing is asked for before the answer counts as rubbish. */
const MAX_ROUNDS = 3;
const MAX_PROBLEMS = 6;
/** So much of a bad answer is shown again. */
const MAX_ANSWER_CHARACTERS = 4_000;

/** Failures that came with the answer itself, not with the model's server. */
const MAY_BE_ASKED_AGAIN: ReadonlySet<WriterErrorKind> = new Set(["broken_off", "rubbish", "empty"]);

/** One answer: what it says as JSON, as far as it came; or what is wrong with it, in words for the model. */
export type StructuredAnswer =
  | { kind: "json"; value: unknown; whole: boolean; text: string }
  | { kind: "none"; problem: string; text: string };

/**
 * Asks for JSON that fits `schema` and gives it parsed. A broken, cut off or unfitting answer is asked for again with what
 * is wrong, three times in all; null where the signal was aborted. The schema stands in the prompt, so that any server
 * will do. @throws WriterError: the writer's own, or `rubbish` when no round gave what was asked for.
 */
export async function writeStructured<T>(
  writer: Writer,
  request: WriteRequest,
  schema: z.ZodType<T>,
  options: { signal: AbortSignal },
): Promise<T | null> {
  let problem = "";
  let last = "";
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const asked = round === 1 ? request : askAgain(request, problem, last);
    const answer = await askForJson(writer, withSchema(asked, schema), options);
    if (answer === null) return null;
    const verdict = judge(answer, schema);
    if (verdict.ok) return verdict.value;
    problem = verdict.problem;
    last = answer.text;
  }
  throw new WriterError("rubbish", { detail: `no answer that fits after ${MAX_ROUNDS} rounds: ${problem}` });
}

/** The same request, with what was wrong with the answer to it. */
export function askAgain(request: WriteRequest, problem: string, answer: string): WriteRequest {
  return {
    ...request,
    system: `${request.system}\n${materialRule(["answer"])}`,
    prompt: paragraphs(
      request.prompt,
      answer !== "" && `You answered:\n${delimited("answer", cutText(answer, MAX_ANSWER_CHARACTERS))}`,
      `That can't be used: ${problem} Answer again, with the whole JSON and nothing else.`,
    ),
  };
}

/** The schema in words, at the end of the prompt. */
export function withSchema(request: WriteRequest, schema: z.ZodType): WriteRequest {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return {
    ...request,
    prompt: paragraphs(
      request.prompt,
      `Answer with one JSON object and nothing else, without Markdown fences. It fits this JSON Schema:\n${JSON.stringify(shape)}`,
    ),
  };
}

/**
 * One call. What a writer gives before it breaks off is an answer too: nobody has seen it yet, so it can be asked for
 * again. Null where the signal was aborted.
 */
export async function askForJson(
  writer: Writer,
  request: WriteRequest,
  { signal }: { signal: AbortSignal },
): Promise<StructuredAnswer | null> {
  let text = "";
  try {
    const chunks = writer.write(request, { signal });
    for (;;) {
      const step = await chunks.next();
      if (step.done) break;
      text += step.value;
    }
  } catch (error) {
    if (!(error instanceof WriterError) || (text === "" && !MAY_BE_ASKED_AGAIN.has(error.kind))) throw error;
  }
  if (signal.aborted) return null;
  const found = readJson(text);
  if (found !== null) return { kind: "json", ...found, text };
  return { kind: "none", text, problem: "It holds no JSON that can be read." };
}

type Verdict<T> = { ok: true; value: T } | { ok: false; problem: string };

function judge<T>(answer: StructuredAnswer, schema: z.ZodType<T>): Verdict<T> {
  if (answer.kind === "none") return { ok: false, problem: answer.problem };
  // What was cut off may fit and yet lack what was to come.
  if (!answer.whole) return { ok: false, problem: "It was cut off before its end; be briefer." };
  const parsed = schema.safeParse(answer.value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: problemsOf(parsed.error) };
}

/** What is wrong, field by field. */
export function problemsOf(error: z.ZodError): string {
  const told = error.issues
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  return `${told.join("; ")}.`;
}
