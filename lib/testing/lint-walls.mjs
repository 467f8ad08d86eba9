import path from "node:path";

/** The rooms that a room may know. No cycles. */
const ROOMS = {
  accounts: [],
  // A browser token ends with its person.
  "api-keys": ["accounts"],
  credits: ["accounts"],
  // A project can be paid for by a hold in the transaction that saves it.
  workspace: ["accounts", "credits"],
  sessions: ["accounts", "credits"],
  studio: ["credits", "workspace"],
  // A file bears its author's name, and a link to it dies with the session that asked for it.
  exports: ["accounts", "sessions", "workspace"],
  // A stream ends with the session or the key by which it is followed.
  live: ["api-keys", "credits", "sessions"],
  // What operators watch.
  metrics: [],
  // Plays the neighbours, who use everything.
  demo: ["accounts", "api-keys", "credits", "sessions", "workspace"],
};

/** What each part of the house may import of the house; what is not named here may import everything. */
const MAY_IMPORT = {
  "lib/contract": ["lib/contract"],
  "lib/ui": ["lib/ui"],
  "lib/foundation": ["lib/foundation", "lib/contract/errors"],
  "lib/client": ["lib/client", "lib/contract"],
  // Goes to other people's machines: nothing but itself.
  "lib/client-kit": ["lib/client-kit"],
  "lib/database": ["lib/database", "lib/foundation", "lib/contract", "prisma/migrations-runner"],
  "lib/ai": ["lib/ai", "lib/foundation", "lib/contract"],
  "lib/http": ["lib/http", "lib/foundation", "lib/contract", "lib/domains/api-keys", "lib/domains/sessions"],
  ...Object.fromEntries(
    Object.entries(ROOMS).map(([room, known]) => [
      `lib/domains/${room}`,
      [
        `lib/domains/${room}`,
        ...known.map((name) => `lib/domains/${name}`),
        ...(room === "studio" ? ["lib/ai"] : []),
        "lib/contract",
        "lib/database",
        "lib/foundation",
      ],
    ]),
  ),
  app: [
    "app",
    "lib/client",
    "lib/contract",
    "lib/domains",
    "lib/foundation",
    "lib/http",
    "lib/ui",
    // The one question about the cellar that a door asks: can it be reached, and is it of this version?
    "lib/database/readiness",
  ],
  "middleware.ts": ["lib/domains/sessions", "lib/http", "lib/foundation", "lib/contract"],
};

const NO_REACT = ["lib/http", "lib/domains", "lib/contract", "lib/foundation", "lib/database", "lib/ai"];
const REACT = /^(react|react-dom|next)(\/|$)/;

const TEST = /\.test\.tsx?$|^e2e\/|^lib\/testing\/|\.config\.[a-z]+$/;
const READS_ENVIRONMENT =
  /^(lib\/foundation\/env\.ts|lib\/server\/|prisma\/|e2e\/|lib\/testing\/|instrumentation\.ts|[^/]+\.config\.)|\.test\.tsx?$/;
const HOLDS_SQL = /^(lib\/database|prisma|e2e|lib\/testing)\/|(^|\/)([\w-]+-)?statements\.ts$|\.test\.ts$/;
const SERVER_ONLY = /^lib\/(domains|database|ai)\//;
const SQL_TEXT =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()/i;
const MAX_DOOR_LINES = 15;

/** The folder that owns the private parts a file is one of: `app/account` of `app/account/_components/balance`. */
const OWNER_OF_PARTS = /^(.*?)\/_components\//;

const within = (name, part) => name === part || name.startsWith(`${part}/`);

/** The file's place in the project, with forward slashes. */
function placeOf(context) {
  return path.relative(context.cwd, context.filename).split(path.sep).join("/");
}

/** What an import names, as a place in the project, or null for a package. */
function targetOf(source, place) {
  if (source.startsWith("@/")) return source.slice(2);
  if (source.startsWith(".")) return path.posix.join(path.posix.dirname(place), source);
  return null;
}

/** Calls `visit` with every module that a file names, however it names it. */
function eachImport(visit) {
  const look = (node) => typeof node.source?.value === "string" && visit(node.source, node.source.value);
  return {
    ImportDeclaration: look,
    ExportNamedDeclaration: look,
    ExportAllDeclaration: look,
    ImportExpression: look,
  };
}

function rule(message, create) {
  return { meta: { type: "problem", schema: [], messages: { wall: message } }, create };
}

const imports = rule("{{from}} may not know {{to}}.", (context) => {
  const place = placeOf(context);
  if (TEST.test(place)) return {};
  const part = Object.keys(MAY_IMPORT).find((name) => within(place, name));
  const room = /^lib\/domains\/[^/]+/.exec(place)?.[0];
  return eachImport((node, source) => {
    const report = (to) => context.report({ node, messageId: "wall", data: { from: part ?? place, to } });
    if (REACT.test(source) && NO_REACT.some((name) => within(place, name))) return report(source);
    const target = targetOf(source, place);
    if (target === null || target === ".." || target.startsWith("../")) return;
    if (within(target, "lib/testing")) return report(target);
    if (part && !MAY_IMPORT[part].some((name) => within(target, name))) return report(target);
    if (!part && room) report(`${target}: this room stands in no list yet`);
    // What two routes share stands above both of them: a route may change its own parts without looking around.
    const owner = OWNER_OF_PARTS.exec(target)?.[1];
    if (owner !== undefined && !within(place, owner)) report(target);
  });
});

const environment = rule("Only lib/foundation/env.ts reads the environment.", (context) => {
  if (READS_ENVIRONMENT.test(placeOf(context))) return {};
  return {
    "MemberExpression[object.name='process'][property.name='env']": (node) =>
      context.report({ node, messageId: "wall" }),
    "ImportSpecifier[imported.name='env'][parent.source.value=/^(node:)?process$/]": (node) =>
      context.report({ node, messageId: "wall" }),
  };
});

const sql = rule("SQL stands in the room's statements.ts.", (context) => {
  if (HOLDS_SQL.test(placeOf(context))) return {};
  const report = (node) => context.report({ node, messageId: "wall" });
  const text = (node) => {
    const value =
      node.type === "TemplateLiteral" ? node.quasis.map((q) => q.value.raw).join("?") : node.value;
    if (typeof value === "string" && SQL_TEXT.test(value)) report(node);
  };
  return {
    Literal: text,
    TemplateLiteral: text,
    "Identifier[name=/^\\$(query|execute)Raw(Unsafe)?$/]": report,
    "CallExpression[callee.property.name='query'][arguments.0.type=/^(Literal|TemplateLiteral)$/]": report,
    // Written by the client, a person would be changed and nobody told.
    "MemberExpression[object.property.name=/^(user|session)$/][property.name=/^(create|update|upsert|delete)/]":
      report,
    "ImportSpecifier[imported.name='statement'][parent.source.value=/database\\/client$/]": report,
  };
});

const serverOnly = rule('The first import here is "server-only".', (context) => {
  const place = placeOf(context);
  if (!SERVER_ONLY.test(place) || /\.test\.tsx?$|\.d\.ts$/.test(place)) return {};
  return {
    Program(node) {
      const first = node.body.find((statement) => statement.type === "ImportDeclaration");
      if (node.body[0] !== first || first?.source.value !== "server-only")
        context.report({ node, messageId: "wall" });
    },
  };
});

const doors = rule(`A door is at most ${MAX_DOOR_LINES} lines and decides nothing: {{what}}.`, (context) => {
  if (!/^app\/api\/.*\/route\.tsx?$/.test(placeOf(context))) return {};
  const report = (node, what) => context.report({ node, messageId: "wall", data: { what } });
  return {
    "ExportNamedDeclaration[declaration]"(node) {
      const lines = node.loc.end.line - node.loc.start.line + 1;
      if (lines > MAX_DOOR_LINES) report(node, `it has ${lines} lines`);
    },
    "IfStatement, ConditionalExpression, SwitchStatement": (node) =>
      report(node, "a choice is a rule of a room"),
    TryStatement: (node) => report(node, "errors are rendered in the hallway"),
    "NewExpression[callee.name='Response']": (node) => report(node, "answers are rendered in the hallway"),
  };
});

const wholeTests = rule("No test is left out, and none stands alone.", (context) => {
  if (!/\.(test|spec)\.tsx?$|^e2e\//.test(placeOf(context))) return {};
  const report = (node) => context.report({ node, messageId: "wall" });
  return {
    "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|skipIf|runIf|todo|fixme|fails)$/]":
      report,
    "MemberExpression[object.property.name='describe'][property.name=/^(only|skip|fixme)$/]": report,
    "CallExpression[callee.name=/^(xit|xdescribe|fit|fdescribe)$/]": report,
  };
});

/** The walls of `lib/README.md` as rules. */
export const house = {
  rules: { imports, environment, sql, "server-only": serverOnly, doors, "whole-tests": wholeTests },
};
