import "server-only";

/** Makes spreadsheets read UTF-8 as UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A line of a CSV file (RFC 4180), its end included. Numbers stay numbers. Text that a spreadsheet would take for a
 * formula gets an apostrophe before it: whoever names a project must not make another's computer calculate.
 */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(",")}\r\n`;
}

function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Also behind spaces, and as the wide signs that some spreadsheets read as the narrow ones. */
const FORMULA = /^[\t\r\n]|^[\s\0]*[=+\-@＝＋－＠]/;
/** Commas, quotes and line ends; semicolons and tabs, which part fields in other countries; spaces at the ends. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;
