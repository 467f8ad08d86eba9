import type { ShownRequest } from "./shown-request";

/** The request as a command for a POSIX shell. */
export function asCurl({ method, url, headers, body, reply }: ShownRequest): string {
  const usual = body === undefined ? "GET" : "POST";
  return [
    `curl ${reply === "events" ? "-N " : ""}${method === usual ? "" : `-X ${method} `}${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${header(name, value)}`),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(" \\\n  ");
}

/** A variable is filled in between double quotes; anything else stands as it is between single ones. */
const header = (name: string, value: string) =>
  value.startsWith("$") ? `"${name}: ${value}"` : quoted(`${name}: ${value}`);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
