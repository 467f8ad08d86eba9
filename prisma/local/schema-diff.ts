import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { SchemaEngine as Engine } from "@prisma/schema-engine-wasm";

interface EngineModule {
  SchemaEngine: typeof Engine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** Prisma's own engine as WebAssembly: the native one would have to be downloaded. */
async function loadEngine(): Promise<typeof Engine> {
  const glue = engineModule as unknown as EngineModule;
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": engineModule as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}

const CHAR_OID = 18;
const TEXT_OID = 25;
const charColumns = new WeakMap<object, number[]>();

/**
 * Where there are CHECK constraints the engine asks for columns of the catalog's type "char", which the adapter does not
 * know: here they pass it as text, and `withCharColumns` gives them their name back.
 */
class CatalogPool extends pg.Pool {
  override query = (async (...args: Parameters<pg.Pool["query"]>) => {
    const result = await (super.query(...args) as unknown as Promise<pg.QueryResult>);
    const columns = result.fields.flatMap((field, i) => (field.dataTypeID === CHAR_OID ? [i] : []));
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    charColumns.set(result.rows, columns);
    return result;
  }) as unknown as pg.Pool["query"];
}

function withCharColumns(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const i of charColumns.get(result.rows) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return factory;
}

/**
 * What is still to be done to bring the database at `url` to `prisma/schema.prisma`: as SQL, or in words; empty when
 * they agree. CHECK constraints, triggers and functions are beyond the schema, and are not compared.
 */
export async function diffToSchema(url: string, as: "sql" | "words"): Promise<string> {
  const schemaFile = path.resolve("prisma", "schema.prisma");
  const files = [{ path: schemaFile, content: readFileSync(schemaFile, "utf8") }];
  const SchemaEngine = await loadEngine();
  const pool = new CatalogPool({ connectionString: url, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(withCharColumns(new PrismaPg(pool)));
  try {
    const engine = await SchemaEngine.new(
      { datamodels: files.map((file) => [file.path, file.content]) },
      () => {},
      adapter,
    );
    const result = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: path.dirname(schemaFile) },
      to: { tag: "schemaDatamodel", files },
      script: as === "sql",
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "").trim();
  } finally {
    await pool.end();
  }
}
