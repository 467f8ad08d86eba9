/** The limit of one request after the other: Node's own `http` and `pg`, one statement for each, nothing else. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { BARE_DEDUCT, BARE_READ, BARE_SAVE } from "./bare-statements";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });

const server = createServer((request, response) => {
  answer(request)
    .then((body) => {
      const text = JSON.stringify(body);
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      });
      response.end(text);
    })
    .catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
});

async function answer(request: IncomingMessage): Promise<unknown> {
  if (request.method === "GET") {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    return (await pool.query({ ...BARE_READ, values: [searchParams.get("user_id")] })).rows[0];
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  if (request.url === "/save") {
    return (await pool.query({ ...BARE_SAVE, values: [body.user_id, body.content] })).rows[0];
  }
  const values = [body.user_id, body.amount, body.app_name, body.description];
  const { rows } = await pool.query({ ...BARE_DEDUCT, values });
  if (rows.length === 0) throw new Error("the bare statement refused");
  return rows[0];
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
