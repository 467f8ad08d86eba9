import type { ShownRequest } from "@/lib/contract/reference/shown-request";

type Asked = Pick<ShownRequest, "method" | "url" | "headers"> & { readonly data?: string };

/** Reads a command of `asCurl` back, for a machine that has no curl: words, quotes and variables of a POSIX shell. */
export function readCurl(command: string, environment: Readonly<Record<string, string>>): Asked {
  const [, ...words] = shellWords(command, environment);
  const headers: Record<string, string> = {};
  let [method, url, data]: (string | undefined)[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "-H") {
      const [name = "", ...value] = (words[++i] ?? "").split(": ");
      headers[name] = value.join(": ");
    } else if (word === "-d") data = words[++i];
    else if (word === "-X") method = words[++i];
    else if (word !== "-N") url = word;
  }
  return {
    method: method ?? (data === undefined ? "GET" : "POST"),
    url: url ?? "",
    headers,
    ...(data === undefined ? {} : { data }),
  };
}

const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(\n|.)|([^\s'"\\]+)|(\s+)/gs;

function shellWords(command: string, environment: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const end = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (const [, single, double, escaped, bare, gap] of command.matchAll(PIECE)) {
    if (gap !== undefined || escaped === "\n") end();
    else word = (word ?? "") + (single ?? escaped ?? bare ?? filledIn(double ?? "", environment));
  }
  end();
  return words;
}

const filledIn = (text: string, environment: Readonly<Record<string, string>>) =>
  text.replace(/\$(\w+)/g, (_all, name: string) => environment[name] ?? "");
