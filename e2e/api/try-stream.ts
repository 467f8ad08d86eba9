import { spawn } from "node:child_process";
import { transform } from "esbuild";
import { type Environment, readersOwn } from "./try-example";

const PATIENCE_MS = 30_000;

/** What a command that never ends prints first. */
export function firstOfCurl(program: string, environment: Environment): Promise<string> {
  return firstOutput("sh", ["-c", `exec ${program}`], environment);
}

/** What a program that never ends prints first. */
export async function firstOfTypeScript(program: string, environment: Environment): Promise<string> {
  const { code } = await transform(program, { loader: "ts", format: "esm", target: "node20" });
  return firstOutput(process.execPath, ["--input-type=module", "-e", code], environment);
}

function firstOutput(command: string, args: string[], environment: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: readersOwn(environment),
      stdio: ["ignore", "pipe", "ignore"],
      timeout: PATIENCE_MS,
    });
    let printed = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (part: string) => {
      printed += part;
      if (printed.includes("\n\n")) child.kill();
    });
    child.once("error", reject);
    child.once("close", () => (printed === "" ? reject(new Error("It printed nothing.")) : resolve(printed)));
  });
}
