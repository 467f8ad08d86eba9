import { expect, it } from "vitest";
import { makeCursor, parseCursor } from "./list-cursor";

const ID = "0b0c2f6e-1c1b-4d5e-8f00-a1b2c3d4e5f6";
const made = (place: string) => Buffer.from(place).toString("base64url");

it("a cursor tells the place that it was made of", () => {
  const at = new Date("2026-11-21T08:09:10.123Z");
  expect(parseCursor(makeCursor(at, ID))).toEqual({ at: at.toISOString(), id: ID });
});

it.each([
  ["nothing", ""],
  ["no id", made("2026-11-21T08:09:10.123Z")],
  ["an id of dashes", made(`2026-11-21T08:09:10.123Z ${"-".repeat(36)}`)],
  ["a time that only JavaScript reads", made(`1 ${ID}`)],
  ["a time past what PostgreSQL knows", made(`+275760-09-13T00:00:00.000Z ${ID}`)],
  ["a year that PostgreSQL does not have", made(`0000-01-01T00:00:00.000Z ${ID}`)],
  ["a day that there is not", made(`2026-13-41T08:09:10.123Z ${ID}`)],
])("one that is not ours is refused as the caller's mistake (%s)", (_what, cursor) => {
  expect(() => parseCursor(cursor)).toThrow(expect.objectContaining({ code: "invalid_request" }));
});
