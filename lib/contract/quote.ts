/** The three models of the studio and what a page costs with each, in coins. */
export const MODELS = { creative: 1.5, balanced: 1, fast: 0.5 } as const;

export type ModelName = keyof typeof MODELS;

export const MODEL_NAMES = Object.keys(MODELS) as [ModelName, ...ModelName[]];

/** One page is this many words; one coin buys one page, times the model's factor. */
export const WORDS_PER_PAGE = 400;

export type QuoteRequest = { model: ModelName } & (
  { pages: number; words?: undefined } | { words: number; pages?: undefined }
);

export interface Quote {
  /** The most that the text may cost. */
  credits: number;
  /** The words that it buys. */
  words: number;
}

/**
 * The price of a text before it is written: `max(1, ceil(pages × factor))`, for whole pages or a whole
 * number of words (at least one of either). The page and the server both ask here, so they can't differ.
 * Throws `RangeError` for anything that is not a whole positive number.
 */
export function quote(request: QuoteRequest): Quote {
  const words =
    request.words === undefined ? whole(request.pages, 1) * WORDS_PER_PAGE : whole(request.words, 1);
  return { credits: Math.max(1, priceOfWords(words, request.model)), words };
}

/**
 * The price of words that were delivered: `ceil(words ÷ 400 × factor)`, 0 for none. Never above the quote
 * of at least as many words; a writer that delivers more than was quoted is held to the quote by the caller.
 */
export function priceOfWords(words: number, model: ModelName): number {
  // Factors are counted in halves, so that the product is a whole number and only the last step divides.
  const halves = whole(words, 0) * (MODELS[model] * 2);
  return Math.ceil(halves / (WORDS_PER_PAGE * 2));
}

/**
 * The price of a story before it is written: the sum of its chapters' quotes, because each chapter is paid for by itself.
 * Throws `RangeError` for anything that is not a whole positive number.
 */
export function quoteStory(story: { chapters: number; wordsPerChapter: number; model: ModelName }): Quote {
  const chapter = quote({ words: story.wordsPerChapter, model: story.model });
  const chapters = whole(story.chapters, 1);
  return { credits: chapters * chapter.credits, words: chapters * chapter.words };
}

/** What one answer of a writing tool costs, with every model. */
const TOOL_CREDITS = 1;

/** The price of a writing tool, in coins: 1, and for `write` 1 for each variant. */
export function quoteTool(input: { tool: string; variants?: number }): number {
  return TOOL_CREDITS * (input.tool === "write" ? whole(input.variants ?? 1, 1) : 1);
}

function whole(value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least || value > 1e9) {
    throw new RangeError(`Not a whole number of at least ${least}: ${value}`);
  }
  return value;
}
