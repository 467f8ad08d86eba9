import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** The file that a package's command runs, so that it can be started with Node itself on every system. */
export function commandFile(packageName: string, command: string): string {
  const require = createRequire(path.join(process.cwd(), "package.json"));
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const file = typeof bin === "string" ? bin : bin[command];
  if (!file) throw new Error(`${packageName} has no command ${command}.`);
  return path.join(path.dirname(manifest), file);
}

/** Runs a package's command to its end, its output shown. @throws when it fails. */
export function runCommand(
  packageName: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandFile(packageName, command), ...args], {
      stdio: "inherit",
      env,
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0] ?? ""} failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}
