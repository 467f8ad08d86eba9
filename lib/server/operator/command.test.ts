import { describe, expect, it } from "vitest";
import { CREDITS } from "./credits";
import { KEYS } from "./keys";
import { readCommand, UsageError } from "./command";
import { table } from "./table";

const credits = (...args: string[]) => readCommand("credits", CREDITS, args);
const keys = (...args: string[]) => readCommand("keys", KEYS, args);
const GRANT = ["grant", "--user", "u", "--amount", "5", "--reason", "why"];

describe("what an operator types", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["an unknown command", () => credits("take"), /no take.*grant, debit, show, reconcile, log/],
    ["a name of an object's own", () => credits("constructor"), /no constructor/],
    ["an unknown option", () => credits(...GRANT, "--usr", "x"), /--usr/],
    ["a word too many", () => credits(...GRANT, "and"), /and/],
    ["no person", () => credits("grant", "--amount", "5", "--reason", "x"), /--user is missing/],
    ["no reason", () => credits("grant", "--user", "u", "--amount", "5"), /--reason is missing/],
    [
      "an empty reason",
      () => credits("grant", "--user", "u", "--amount", "5", "--reason", " "),
      /--reason must say why/,
    ],
    ["no amount", () => credits("debit", "--user", "u", "--reason", "x"), /--amount is missing/],
    ...["0", "-5", "1.5", "1000001", "five", "1e3", "", "0x10"].map(
      (amount): [string, () => unknown, RegExp] => [
        `${amount || "nothing"} as amount`,
        () => credits("debit", "--user", "u", "--reason", "x", `--amount=${amount}`),
        /--amount (must|is missing)/,
      ],
    ),
    [
      "an unknown type",
      () => credits(...GRANT, "--type", "gift"),
      /--type must be adjustment, bonus or purchased/,
    ],
    [
      "an unknown scope",
      () => keys("create", "--app", "a", "--scopes", "all"),
      /--scopes must be of credits:read/,
    ],
    ["no scopes", () => keys("create", "--app", "a", "--scopes", ","), /--scopes must not be empty/],
    ["a wrong app", () => keys("rotate", "--app", "image gene"), /--app must be 1 to 64/],
    [
      "a wrong grace",
      () => keys("rotate", "--app", "a", "--grace-hours", "soon"),
      /--grace-hours must be hours/,
    ],
    ["no time", () => keys("expire", "--id", "key_1"), /--at is missing/],
    [
      "a time without zone",
      () => keys("expire", "--id", "key_1", "--at", "2027-01-31T10:00"),
      /--at must be/,
    ],
    [
      "something else than a key's id",
      () => keys("revoke", "--id", "pen_imagegene_x"),
      /--id must be the id of a key/,
    ],
    ["a rate that is none", () => keys("limit", "--id", "key_1", "--rate", "many"), /--rate must be/],
  ])("is refused with %s, by the argument's name", (_what, type, said) => {
    expect(type).toThrow(UsageError);
    expect(type).toThrow(said);
  });

  it("is answered with help where it is asked for or nothing is typed, and every option is in it", () => {
    expect(credits()).toContain("reconcile");
    expect(credits("--help")).toBe(credits());
    for (const [name, commands] of [
      ["credits", CREDITS],
      ["keys", KEYS],
    ] as const) {
      for (const [verb, { options }] of Object.entries(commands)) {
        const help = readCommand(name, commands, [verb, "--help"]);
        for (const option of Object.keys(options)) expect(help).toContain(`--${option} `);
      }
    }
    expect(credits("grant", "-h")).toMatch(/--reason <why>.*\(required\)/);
  });

  it("is taken where it is whole", () => {
    for (const args of [
      GRANT,
      [...GRANT, "--json"],
      ["show", "--user", "118234567890123456789"],
      ["reconcile"],
    ])
      expect(credits(...args)).toMatchObject({ json: args.includes("--json") });
    for (const at of ["never", "2027-01-31", "2027-01-31T10:00:00+02:00"])
      expect(keys("expire", "--id", "key_1", "--at", at)).toHaveProperty("run");
    expect(keys("limit", "--id", "key_1", "--rate", "none")).toHaveProperty("run");
  });
});

it("a table shows what people wrote as plain text on one line", () => {
  expect(table([{ a: "x\u001b[31mred\u001b[0m\ny", b: 1 }])).toEqual(["  a       b", "  xred y  1"]);
  expect(table([])).toEqual([]);
});
