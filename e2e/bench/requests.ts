/** A whole HTTP request, ready to be written to a connection. */
export function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const all: Record<string, string> = { Host: "127.0.0.1", ...headers };
  if (body !== undefined) {
    all["Content-Type"] = "application/json";
    all["Content-Length"] = String(Buffer.byteLength(text));
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${head.join("")}\r\n${text}`;
}

export function deduction(userId: string, appName: string, headers: Record<string, string> = {}): string {
  const body = { user_id: userId, amount: 1, app_name: appName, description: "Credit usage" };
  return request("POST", "/api/unified/deduct-credits", headers, body);
}
