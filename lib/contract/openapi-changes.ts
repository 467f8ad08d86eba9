import type { JsonSchema, Media, OpenApi, Parameter, PrintedOperation } from "./reference/openapi-types";

/** Changes of an answer or of a question: what one side may do freely breaks the other. */
type Side = "in" | "out";

/**
 * What the newer document takes back of what the older one promised, each as a sentence; none where every program that
 * was written against the older one goes on working.
 */
export function breakingChanges(older: OpenApi, newer: OpenApi): string[] {
  const operations = Object.entries(older.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const where = `${method.toUpperCase()} ${path}`;
      const now = newer.paths[path]?.[method];
      return now === undefined
        ? [`${where} is gone.`]
        : new Comparison(older, newer, where).operation(operation, now);
    }),
  );
  return [...operations, ...brokenFailures(older, newer)];
}

/** Codes are words that programs compare, and the facts beside them are read. */
function brokenFailures(older: OpenApi, newer: OpenApi): string[] {
  return Object.entries(older.components.schemas).flatMap(([name, schema]) => {
    if (name !== "Failure" && !JSON.stringify(schema.allOf ?? "").includes("/Failure")) return [];
    const now = newer.components.schemas[name];
    // One that no operation answers with any more stands in no list; that its code still exists, `Failure` says.
    return now === undefined
      ? []
      : new Comparison(older, newer, `The failure ${name}`).schema(schema, now, "out", "");
  });
}

/** One operation then and now. Every check answers the sentences of what broke. */
class Comparison {
  private readonly seen = new Set<string>();

  constructor(
    private readonly older: OpenApi,
    private readonly newer: OpenApi,
    private readonly where: string,
  ) {}

  operation(old: PrintedOperation, now: PrintedOperation): string[] {
    return [
      ...this.say(
        old.operationId !== now.operationId,
        `has another id: ${now.operationId}, before ${old.operationId}`,
      ),
      ...this.say(
        old["x-scope"] !== now["x-scope"],
        `needs another scope: ${now["x-scope"]}, before ${old["x-scope"]}`,
      ),
      ...this.ways(old, now),
      ...this.parameters(old, now),
      ...this.bodies(old, now),
      ...this.answers(old, now),
    ];
  }

  private say(broken: boolean, what: string): string[] {
    return broken ? [`${this.where} ${what}.`] : [];
  }

  /** Whoever could ask, still can. */
  private ways(old: PrintedOperation, now: PrintedOperation): string[] {
    const names = ({ security }: PrintedOperation) => security.flatMap(Object.keys);
    const left = names(now);
    const gone = names(old).filter((way) => left.length > 0 && !left.includes(way));
    const closed = names(old).length === 0 && left.length > 0;
    return [
      ...gone.flatMap((way) => this.say(true, `can't be asked with ${way} any more`)),
      ...this.say(closed, "was open and now wants a key or a session"),
    ];
  }

  private parameters(old: PrintedOperation, now: PrintedOperation): string[] {
    const [before, after] = [namedParameters(old, this.older), namedParameters(now, this.newer)];
    const kept = [...before].flatMap(([name, parameter]) => {
      const same = after.get(name);
      if (same === undefined) return this.say(true, `no longer takes ${name}`);
      return this.schema(parameter.schema, same.schema, "in", name);
    });
    const wanted = [...after].flatMap(([name, { required }]) =>
      this.say(required === true && before.get(name)?.required !== true, `now requires ${name}`),
    );
    return [...kept, ...wanted];
  }

  private bodies(old: PrintedOperation, now: PrintedOperation): string[] {
    const [before, after] = [jsonOf(old.requestBody), jsonOf(now.requestBody)];
    if (before === undefined) return this.say(now.requestBody?.required === true, "now requires a body");
    if (after === undefined) return this.say(true, "no longer takes a body");
    return this.schema(before, after, "in", "");
  }

  private answers(old: PrintedOperation, now: PrintedOperation): string[] {
    const [before, after] = [contentOf(old), contentOf(now)];
    return Object.entries(before).flatMap(([type, { schema }]) => {
      const same = after[type];
      if (same === undefined) return this.say(true, `no longer answers ${type}`);
      return this.schema(schema, same.schema, "out", "");
    });
  }

  /** Holds a schema against the one that takes its place; `at` is the field's name, with dots. */
  schema(before: JsonSchema, after: JsonSchema, side: Side, at: string): string[] {
    // A shape may stand in itself; it is looked at once for each place that names it.
    const pair = `${before.$ref ?? ""}>${after.$ref ?? ""}>${side}`;
    if (before.$ref !== undefined && this.seen.has(`${pair}>${at}`)) return [];
    this.seen.add(`${pair}>${at}`);
    const [old, now] = [resolved(before, this.older), resolved(after, this.newer)];
    return [
      ...this.types(old, now, side, at),
      ...this.values(old, now, side, at),
      ...(side === "in" ? this.bounds(old, now, at) : []),
      ...this.fields(old, now, side, at),
      ...(old.items && now.items ? this.schema(old.items, now.items, side, `${at}[]`) : []),
      ...(["anyOf", "oneOf", "allOf"] as const).flatMap((kind) =>
        this.variants(old[kind], now[kind], side, at),
      ),
    ];
  }

  private types(old: JsonSchema, now: JsonSchema, side: Side, at: string): string[] {
    const [from, to] = side === "in" ? [typesOf(old), typesOf(now)] : [typesOf(now), typesOf(old)];
    const broken = to.length > 0 && (from.length === 0 || from.some((type) => !covers(to, type)));
    const format = old.format !== now.format && (side === "in" ? now.format : old.format) !== undefined;
    return this.say(broken || format, `${named(at)}has another type: ${shown(now)}, before ${shown(old)}`);
  }

  private values(old: JsonSchema, now: JsonSchema, side: Side, at: string): string[] {
    const left = valuesOf(now);
    if (left === undefined) return [];
    const gone = (valuesOf(old) ?? []).filter((value) => !left.includes(value));
    return [
      ...gone.flatMap((value) => this.say(true, `${named(at)}no longer knows ${JSON.stringify(value)}`)),
      ...this.say(
        side === "in" && valuesOf(old) === undefined,
        `${named(at)}now knows only ${JSON.stringify(left)}`,
      ),
    ];
  }

  private bounds(old: JsonSchema, now: JsonSchema, at: string): string[] {
    const lower = (["minimum", "minLength", "minItems"] as const).filter(
      (bound) => (now[bound] ?? -Infinity) > (old[bound] ?? -Infinity),
    );
    const upper = (["maximum", "maxLength", "maxItems"] as const).filter(
      (bound) => (now[bound] ?? Infinity) < (old[bound] ?? Infinity),
    );
    const pattern = now.pattern !== undefined && now.pattern !== old.pattern ? (["pattern"] as const) : [];
    return [...lower, ...upper, ...pattern].flatMap((bound) =>
      this.say(
        true,
        `${named(at)}is bound more tightly: ${bound} ${now[bound]}, before ${old[bound] ?? "none"}`,
      ),
    );
  }

  private fields(old: JsonSchema, now: JsonSchema, side: Side, at: string): string[] {
    const [before, after] = [old.properties ?? {}, now.properties ?? {}];
    const kept = Object.entries(before).flatMap(([name, field]) => {
      const path = at === "" ? name : `${at}.${name}`;
      const same = after[name];
      if (same === undefined) return this.say(true, `has no field ${path} any more`);
      return this.schema(field, same, side, path);
    });
    const wasRequired = (name: string) => old.required?.includes(name) === true;
    const isRequired = (name: string) => now.required?.includes(name) === true;
    const broken =
      side === "in"
        ? Object.keys(after).filter((name) => isRequired(name) && !wasRequired(name))
        : Object.keys(before).filter((name) => wasRequired(name) && name in after && !isRequired(name));
    const what = side === "in" ? "now requires the field" : "may now leave out the field";
    return [
      ...kept,
      ...broken.flatMap((name) => this.say(true, `${what} ${at === "" ? name : `${at}.${name}`}`)),
    ];
  }

  private variants(old: JsonSchema[] = [], now: JsonSchema[] = [], side: Side, at: string): string[] {
    if (old.length > now.length) return this.say(true, `${named(at)}has fewer shapes than before`);
    return old.flatMap((one, i) => {
      const same = now[i];
      return same === undefined ? [] : this.schema(one, same, side, at);
    });
  }
}

const named = (at: string) => (at === "" ? "" : `${at} `);

/** Whether a value of this type is of one of these. */
const covers = (types: string[], type: string) =>
  types.includes(type) || (type === "integer" && types.includes("number"));

const typesOf = ({ type }: JsonSchema): string[] => (type === undefined ? [] : [type].flat());

const shown = (schema: JsonSchema) =>
  [typesOf(schema).join(" or ") || "anything", schema.format].filter(Boolean).join(" ");

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  return "const" in schema ? [schema.const] : schema.enum;
}

function resolved(schema: JsonSchema, document: OpenApi): JsonSchema {
  const name = schema.$ref?.split("/").pop();
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function namedParameters({ parameters = [] }: PrintedOperation, document: OpenApi): Map<string, Parameter> {
  return new Map(
    parameters.flatMap((one): [string, Parameter][] => {
      const parameter = "$ref" in one ? document.components.parameters[one.$ref.split("/").pop() ?? ""] : one;
      return parameter === undefined ? [] : [[`${parameter.in} ${parameter.name}`, parameter]];
    }),
  );
}

function jsonOf(body: PrintedOperation["requestBody"]): JsonSchema | undefined {
  return body?.content["application/json"]?.schema;
}

function contentOf({ responses }: PrintedOperation): Record<string, Media> {
  const reply = responses["200"];
  return reply !== undefined && "content" in reply ? (reply.content ?? {}) : {};
}
