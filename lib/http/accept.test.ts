import { describe, expect, it } from "vitest";
import { preferredFormat } from "./accept";

describe("what a client accepts", () => {
  it.each([
    [null, "json"],
    ["", "json"],
    ["*/*", "json"],
    ["text/csv", "csv"],
    ["TEXT/CSV; header=present", "csv"],
    ["text/*", "csv"],
    ["application/json, text/plain, */*", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"],
    ["text/csv, */*", "csv"],
    ["text/csv, */*;q=0.1", "csv"],
    ["text/csv, application/json", "json"],
    ["text/csv;q=0.4, application/json;q=0.5", "json"],
    ["application/json;q=0.4, text/csv;q=0.5", "csv"],
    ["text/csv;q=0, */*", "json"],
    ["application/json;q=0, */*", "csv"],
    ["text/csv;q=nonsense", "json"],
    ["image/png", "json"],
    ["csv, ,;q=1", "json"],
  ])("%s is answered with %s", (accept, format) => {
    expect(preferredFormat(accept, ["json", "csv"])).toBe(format);
  });
});
