import type { Rule } from "eslint";

/** The walls of `lib/README.md` as rules. */
export declare const house: { rules: Record<string, Rule.RuleModule> };
