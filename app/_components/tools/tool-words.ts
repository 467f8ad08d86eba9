import type { BrainstormKind, RewriteStyle, Sense, ToolName, WriteMode } from "@/lib/contract/tool-input";

/** How the tools and their choices are called on the page. */
export const TOOL_WORDS: Record<ToolName, { name: string; does: string; button: string }> = {
  write: { name: "Write", does: "Goes on where your text ends.", button: "Go on with it" },
  rewrite: { name: "Rewrite", does: "Says the same in another way.", button: "Rewrite it" },
  describe: {
    name: "Describe",
    does: "Brings a thing, a place or a person to the senses.",
    button: "Describe it",
  },
  brainstorm: { name: "Brainstorm", does: "Finds ideas for what you are writing.", button: "Find ideas" },
};

export const MODE_WORDS: Record<WriteMode, string> = {
  auto: "As it comes",
  ominous: "Ominous",
  romantic: "Romantic",
  mysterious: "Mysterious",
  action: "Action",
  dialogue: "Dialogue",
};

export const STYLE_WORDS: Record<RewriteStyle, string> = {
  improve: "Improve",
  "show don't tell": "Show, don’t tell",
  expand: "Expand",
  shorten: "Shorten",
  formal: "Formal",
  casual: "Casual",
  dramatic: "Dramatic",
};

export const SENSE_WORDS: Record<Sense | "all", string> = {
  all: "All senses",
  sight: "Sight",
  sound: "Sound",
  smell: "Smell",
  taste: "Taste",
  touch: "Touch",
};

export const KIND_WORDS: Record<BrainstormKind, string> = {
  plot: "Turns of the plot",
  names: "Names",
  places: "Places",
  objects: "Objects",
  conflicts: "Conflicts",
  dialogue: "Lines of dialogue",
  world: "Details of the world",
  titles: "Titles",
};
