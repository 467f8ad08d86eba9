import { readdirSync } from "node:fs";
import path from "node:path";
import type { DoorModule } from "@/lib/server/router";

/** Every door below `app/api`, straight from its source. */
export async function allDoors(): Promise<DoorModule[]> {
  const app = path.resolve("app");
  const files = readdirSync(path.join(app, "api"), { recursive: true, encoding: "utf8" });
  return Promise.all(
    files
      .filter((file) => path.basename(file) === "route.ts")
      .map(async (file): Promise<DoorModule> => {
        const methods = (await import(path.join(app, "api", file))) as DoorModule["methods"];
        return { segments: ["api", ...path.dirname(file).split(path.sep)], methods };
      }),
  );
}
