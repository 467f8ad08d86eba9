import type { ShownRequest } from "./shown-request";

/** The request as a program with nothing but `fetch`, for Node and whatever else has it. */
export function asTypeScript({ method, url, headers, body, reply }: ShownRequest): string {
  const options = [
    ...(method === "GET" ? [] : [`method: ${JSON.stringify(method)},`]),
    ...(Object.keys(headers).length === 0 ? [] : [`headers: ${indented(headerLines(headers))},`]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${indented(literal(body))}),`]),
  ];
  const asked = options.length === 0 ? "" : `, {\n${options.map((line) => `  ${line}`).join("\n")}\n}`;
  return [`const response = await fetch(${JSON.stringify(url)}${asked});`, ...READ[reply]].join("\n");
}

const READ: Record<ShownRequest["reply"], readonly string[]> = {
  json: [
    "const answer = await response.json();",
    "if (!response.ok) throw new Error(`${answer.code}: ${answer.error}`);",
    "console.log(answer);",
  ],
  text: ["if (!response.ok) throw new Error(await response.text());", "console.log(await response.text());"],
  events: [
    "if (!response.ok || !response.body) throw new Error(await response.text());",
    "for await (const part of response.body.pipeThrough(new TextDecoderStream())) {",
    "  console.log(part); // id, event and data of one event or several",
    "}",
  ],
};

function headerLines(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    const shown = value.startsWith("$") ? `process.env.${value.slice(1)}!` : JSON.stringify(value);
    return `  ${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${shown},`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

/** JSON as one writes it in a program: names without quotes. In JSON text a line never begins inside a string. */
const literal = (value: unknown) =>
  JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");

const indented = (text: string) => text.replaceAll("\n", "\n  ");
