import {
  GENERATION_EVENTS,
  type GenerationEventKind,
  type GenerationPiece,
  type GenerationSummary,
} from "@/lib/contract/studio";
import { countWords } from "@/lib/contract/word-count";

/** A text as a page knows it. */
export interface Writing {
  readonly generation: GenerationSummary;
  readonly pieces: readonly GenerationPiece[];
}

/**
 * The text after an event of its stream. An event that is known already changes nothing, so that a line that broke and
 * was taken up again neither loses a word nor doubles one.
 */
export function withEvent(now: Writing, event: { id: string | null; event: string; data: string }): Writing {
  const id = Number(event.id ?? Number.NaN);
  if (!(event.event in GENERATION_EVENTS) || !Number.isSafeInteger(id)) return now;
  if (event.event !== "state" && id <= now.generation.last_event_id) return now;
  const kind = event.event as GenerationEventKind; // one of the keys, as was asked above
  const next = apply(now, kind, JSON.parse(event.data) as unknown);
  return { ...next, generation: { ...next.generation, last_event_id: id } };
}

function apply(now: Writing, kind: GenerationEventKind, data: unknown): Writing {
  switch (kind) {
    case "state":
      return GENERATION_EVENTS.state.parse(data);
    case "start":
      return begun(now, GENERATION_EVENTS.start.parse(data).quoted);
    case "piece": {
      const { nth } = GENERATION_EVENTS.piece.parse(data);
      return withPiece(now, nth, () => ({ status: "writing" }));
    }
    case "text": {
      const { nth, text } = GENERATION_EVENTS.text.parse(data);
      return withPiece(now, nth, (piece) => ({
        text: piece.text + text,
        words: countWords(piece.text + text),
      }));
    }
    case "piece-end": {
      const { nth, status, words, project_code, unsaved } = GENERATION_EVENTS["piece-end"].parse(data);
      const { generation, pieces } = withPiece(now, nth, () => ({ status, words, unsaved }));
      return { generation: { ...generation, project_code, unsaved }, pieces };
    }
    case "end":
      return ended(now, GENERATION_EVENTS.end.parse(data));
  }
}

/** What is written just now, or comes next; undefined where all is done. */
export function currentPiece(pieces: readonly GenerationPiece[]): GenerationPiece | undefined {
  return pieces.find(({ status }) => status === "writing") ?? pieces.find(({ status }) => status !== "done");
}

/** A round begins: what was said of the last one is over. */
export function begun({ generation, pieces }: Writing, quoted: number): Writing {
  return {
    generation: {
      ...generation,
      status: "writing",
      stop_requested: false,
      quoted_credits: quoted,
      settlement: null,
      continue_quote: null,
      error: null,
      finished_at: null,
    },
    pieces,
  };
}

function ended(
  { generation, pieces }: Writing,
  end: ReturnType<(typeof GENERATION_EVENTS)["end"]["parse"]>,
): Writing {
  const { status, words, quoted, charged, released, project_code, unsaved, error, continue_quote } = end;
  const broken = status === "stopped" ? "stopped" : "failed";
  return {
    generation: {
      ...generation,
      status,
      words,
      charged_credits: end.charged_in_all,
      settlement: { quoted, charged, released, why: "" },
      project_code,
      unsaved,
      error,
      continue_quote,
    },
    pieces: pieces.map((piece) =>
      piece.status !== "writing"
        ? piece
        : { ...piece, status: broken === "stopped" && piece.words === 0 ? "waiting" : broken, unsaved },
    ),
  };
}

function withPiece(
  { generation, pieces }: Writing,
  nth: number,
  change: (piece: GenerationPiece) => Partial<GenerationPiece>,
): Writing {
  const next = pieces.map((piece) => (piece.nth === nth ? { ...piece, ...change(piece) } : piece));
  return {
    generation: { ...generation, words: next.reduce((sum, { words }) => sum + words, 0) },
    pieces: next,
  };
}
