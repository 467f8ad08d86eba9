import "server-only";
import { parseArgs } from "node:util";
import { AppError } from "@/lib/foundation/app-error";
import { createKey, listKeys, revokeKey, rotateKey, type ShownKey } from "./manage-keys";

const USAGE = `npm run keys -- create --app imagegene --scopes credits:read,credits:deduct [--expires 2027-01-31]
npm run keys -- list
npm run keys -- rotate --app imagegene [--grace-hours 24]
npm run keys -- revoke --id key_…`;

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      app: { type: "string", default: "" },
      scopes: { type: "string", default: "" },
      expires: { type: "string" },
      id: { type: "string", default: "" },
      "grace-hours": { type: "string", default: "24" },
    },
  });
}

/**
 * `npm run keys -- create|list|rotate|revoke`: the operator's hand on the keys of sibling apps.
 * @throws `invalid_request` with the usage for words that are none.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const { positionals, values } = readArguments(args);
  switch (positionals[0]) {
    case "create": {
      const scopes = values.scopes
        .split(",")
        .map((scope) => scope.trim())
        .filter(Boolean);
      const expiresAt = values.expires === undefined ? null : new Date(values.expires);
      return show(await createKey({ app: values.app, scopes, expiresAt }));
    }
    case "rotate": {
      const hours = Number(values["grace-hours"]);
      if (!(hours >= 0 && hours <= 24 * 90))
        throw new AppError("invalid_request", { message: "--grace-hours must be 0 to 2160." });
      show(await rotateKey(values.app.toLowerCase(), hours * 3600));
      return console.log(`The older key ends in ${hours} h.`);
    }
    case "revoke":
      await revokeKey(values.id);
      return console.log(`${values.id} is revoked.`);
    case "list":
      return console.table(
        (await listKeys()).map((key) => ({
          id: key.id,
          app: key.app_name,
          scopes: key.scopes.join(" "),
          state: key.revoked_at
            ? "revoked"
            : key.expires_at && key.expires_at < new Date()
              ? "expired"
              : "valid",
          expires: key.expires_at?.toISOString() ?? "never",
          "last used": key.last_used_at?.toISOString() ?? "never",
          created: key.created_at.toISOString(),
        })),
      );
    default:
      throw new AppError("invalid_request", { message: USAGE });
  }
}

function show(made: ShownKey): void {
  console.log(`${made.id} for ${made.app}: ${made.scopes.join(", ")}`);
  console.log(made.key);
  console.log("This is the only time that the key is shown.");
}
