import { connect, type Socket } from "node:net";
import { TEST_ENVIRONMENT } from "./environment";

/** One of very many streams: a bare socket, so that five thousand of them fit into a test. */
export interface OpenStream {
  readonly userId: string;
  /** The balance of the newest event; null until the first. */
  readonly credits: () => number | null;
  readonly isOpen: () => boolean;
  leave(): void;
}

/** Opens a stream of this person on a server. Resolves once its first event is there. */
export function openStream(
  url: string,
  userId: string,
  headers: Record<string, string> = { "X-API-Key": TEST_ENVIRONMENT.PENORA_API_KEY },
  path = `/api/unified/events?user_id=${encodeURIComponent(userId)}`,
): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let credits: number | null = null;
    let text = "";
    const socket: Socket = connect(Number(port), hostname, () => {
      const lines = Object.entries({ Host: `${hostname}:${port}`, Connection: "close", ...headers }).map(
        ([n, v]) => `${n}: ${v}\r\n`,
      );
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
    const stream: OpenStream = {
      userId,
      credits: () => credits,
      isOpen: () => !socket.destroyed,
      leave: () => void socket.destroy(),
    };
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      if (credits === null && text === "" && !chunk.startsWith("HTTP/1.1 200")) {
        return void socket.destroy(new Error(chunk.split("\r\n")[0]));
      }
      text += chunk;
      const last = [...text.matchAll(/^data: \{"credits":(\d+),.*\}$/gm)].at(-1);
      text = text.slice(text.lastIndexOf("\n") + 1) || " ";
      if (last === undefined) return;
      credits = Number(last[1]);
      resolve(stream);
    });
    socket.on("error", reject).on("end", () => socket.destroy());
  });
}
