import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { commandFile } from "../server/run";
import { ERRORS, type ErrorCode } from "./errors";
import { exampleOf, READER } from "./examples";
import { openapiDocument } from "./openapi";
import { breakingChanges } from "./openapi-changes";
import { PUBLIC_OPERATIONS } from "./public-operations";
import { aboutOf, type EventAnswer, wireAnswerOf } from "./reference/about";
import { failureExample, failureOf } from "./reference/openapi-failures";
import type { JsonSchema, OpenApi } from "./reference/openapi-types";

const SNAPSHOT = fileURLToPath(new URL("openapi.snapshot.json", import.meta.url));
const ACCEPT =
  "If it is meant, accept it with `npm run openapi` and commit openapi.snapshot.json with the change.";

describe("the OpenAPI document", () => {
  const document = openapiDocument();
  const snapshot = JSON.parse(readFileSync(SNAPSHOT, "utf8")) as OpenApi;

  it("takes nothing back that was promised", () => {
    expect(
      breakingChanges(snapshot, document),
      "Programs rely on this. Serve the old beside the new.",
    ).toEqual([]);
  });

  it("is the one that was accepted", () => {
    expect(document, `The API has changed. ${ACCEPT}`).toEqual(snapshot);
  });

  it("passes the recommended rules of its linter without a warning", { timeout: 60_000 }, () => {
    const folder = mkdtempSync(path.join(tmpdir(), "penora-openapi-"));
    try {
      const file = path.join(folder, "openapi.json");
      writeFileSync(file, JSON.stringify(document));
      const lint = [
        commandFile("@redocly/cli", "redocly"),
        "lint",
        file,
        "--extends=recommended",
        "--format=json",
      ];
      const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
      const told = spawnSync(process.execPath, lint, { env: { ...process.env, ...quiet }, encoding: "utf8" });
      const { problems, totals } = JSON.parse(told.stdout.slice(told.stdout.indexOf("{"))) as {
        problems: { message: string }[];
        totals: Record<string, number>;
      };
      expect(problems.map(({ message }) => message)).toEqual([]);
      expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has every public operation under its id, and no door of our own pages", () => {
    const printed = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(printed.map(({ operationId }) => operationId).sort()).toEqual(
      PUBLIC_OPERATIONS.map(({ id }) => id).sort(),
    );
    expect(Object.keys(document.paths).filter((one) => /^\/api\/(me|session|demo)\b/.test(one))).toEqual([]);
  });

  it("says of every field what it means", () => {
    const silent = wordless(document);
    expect(silent, "Say it in reference/field-words.ts: what does the field mean?").toEqual([]);
  });
});

describe.each(PUBLIC_OPERATIONS.map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    it("is asked in its example as it wants to be asked", () => {
      const { params, query, body } = exampleOf(id, READER);
      const parts: [z.ZodObject | undefined, object | undefined][] = [
        [operation.params, params],
        [operation.query, query],
        [operation.body, body],
      ];
      for (const [schema, fields] of parts) {
        expect(schema?.safeParse(fields ?? {}).error?.message).toBeUndefined();
        expect(Object.keys(schema?.shape ?? {})).toEqual(expect.arrayContaining(Object.keys(fields ?? {})));
      }
      expect(exampleOf(id, READER), "An example is always the same in one world").toEqual(
        exampleOf(id, READER),
      );
    });

    it("is answered in its example in the declared shape", () => {
      const { answer } = aboutOf(operation);
      if (operation.reply === "raw") return expect(wireAnswerOf(operation).text).not.toBe("");
      const told = operation.reply === "events" ? (answer as EventAnswer).data : answer;
      expect(operation.response.safeParse(told).error?.message).toBeUndefined();
    });
  },
);

it.each(Object.keys(ERRORS) as ErrorCode[])("the failure %s is shown in its declared shape", (code) => {
  expect(failureOf(code).safeParse(failureExample(code)).error?.message).toBeUndefined();
});

/** The fields and parameters without a description, with where they stand. */
function wordless({ paths, components }: OpenApi): string[] {
  const below = (schema: JsonSchema, where: string): string[] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(field.description ? [] : [`${where}.${name}`]),
      ...below(field, where),
    ]),
    ...[schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(
      (one) => (one === undefined ? [] : below(one, where)),
    ),
  ];
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  return [
    ...Object.entries(components.schemas).flatMap(([name, schema]) => below(schema, name)),
    ...operations.flatMap(({ operationId, parameters = [], requestBody, responses }) => [
      ...parameters.flatMap((one) =>
        "$ref" in one || one.description ? [] : [`${operationId}.${one.name}`],
      ),
      ...[requestBody, responses["200"]].flatMap((part) =>
        part === undefined || "$ref" in part
          ? []
          : Object.values(part.content ?? {}).flatMap(({ schema }) => below(schema, operationId)),
      ),
    ]),
  ];
}
