import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventParser } from "./read-events";

describe("the parser of server-sent events", () => {
  it("finds the same events wherever the network cuts the stream", () => {
    const event = fc.record({
      id: fc.nat().map(String),
      event: fc.constantFrom("text", "end", "piece-end"),
      data: fc.string({ unit: "grapheme" }).map((text) => JSON.stringify({ text })),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (events, cuts) => {
          const sent = events
            .map(({ id, event, data }) => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n: still here\n\n`)
            .join("");
          const at = [...new Set(cuts.map((cut) => cut % (sent.length + 1)))].sort((a, b) => a - b);
          const parser = new EventParser();
          const seen = [0, ...at].flatMap((from, i) => parser.push(sent.slice(from, at[i] ?? sent.length)));
          expect(seen).toEqual(events);
        },
      ),
    );
  });

  it("says nothing of comments, and of an event that is not whole", () => {
    const parser = new EventParser();
    expect(parser.push(": still here\n\nid: 1\ndata: {}")).toEqual([]);
    expect(parser.push("\n\n")).toEqual([{ id: "1", event: "message", data: "{}" }]);
  });
});
