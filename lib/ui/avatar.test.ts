import { describe, expect, it } from "vitest";
import { initials, isShowablePicture } from "./avatar";

describe("isShowablePicture", () => {
  it.each(["https://example.org/a.png", "data:image/png;base64,AAAA", "data:image/webp;base64,AAAA"])(
    "shows %s",
    (address) => expect(isShowablePicture(address)).toBe(true),
  );

  it.each([
    "http://example.org/a.png",
    "data:image/svg+xml;base64,AAAA",
    "data:image/pngx,AAAA",
    "data:text/html,<b>",
    "javascript:alert(1)",
    "/a.png",
    "not an address",
    "",
    null,
    undefined,
  ])("refuses %s", (address) => expect(isShowablePicture(address)).toBe(false));
});

describe("initials", () => {
  it("takes the first letter of the first and of the last word", () => {
    expect(initials("Ana Maria Beltrán")).toBe("AB");
    expect(initials("ana.beltran")).toBe("AB");
    expect(initials("Ößer")).toBe("Ö");
    expect(initials("  ")).toBe("?");
  });

  it("keeps a letter beyond the basic plane whole", () => {
    expect(initials("\u{1F600}x")).toBe("\u{1F600}");
  });
});
