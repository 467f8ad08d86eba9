import { describe, expect, it } from "vitest";
import { profileFromClaims } from "./token-claims";

const person = { user_id: "u1", email: "una.berg@example.com" };
const read = (claims: Record<string, unknown>) => profileFromClaims({ ...person, ...claims });

describe("profileFromClaims", () => {
  it("reads a person with every fact", () => {
    const profile = profileFromClaims({
      ...person,
      iat: 1_700_000_000,
      username: "Una",
      credits: 100,
      subscription_status: "pro",
      profile_image: "https://img.example/u.png",
      bio: "Writes.",
      website: "https://una.example",
    });
    expect(profile).toEqual({
      userId: "u1",
      email: "una.berg@example.com",
      username: "Una",
      openingCredits: 100,
      subscriptionStatus: "pro",
      profileImage: "https://img.example/u.png",
      bio: "Writes.",
      website: "https://una.example",
      issuedAt: new Date(1_700_000_000_000),
    });
  });

  it.each([
    ["user_id before userId before sub", { user_id: "a", userId: "b", sub: "c" }, "a"],
    ["userId before sub", { user_id: undefined, userId: "b", sub: "c" }, "b"],
    ["sub where nothing else stands", { user_id: null, sub: "c" }, "c"],
    ["a number that has all its digits", { user_id: 42 }, "42"],
    ["128 characters", { user_id: "x".repeat(128) }, "x".repeat(128)],
  ])("takes as the id %s", (_name, claims, id) => {
    expect(read(claims).userId).toBe(id);
  });

  it.each([
    ["no id", { user_id: undefined }],
    ["an empty id", { user_id: "" }],
    ["a number past 2^53", { user_id: 108204268033311374519 }],
    ["a fraction", { user_id: 1.5 }],
    ["an id of 129 characters", { user_id: "x".repeat(129) }],
    ["an id with NUL", { user_id: "a\0b" }],
    ["an id with half a character", { user_id: "a\ud800" }],
    ["an id that is an object", { user_id: { $ne: null } }],
    ["no email", { email: undefined }],
    ["an empty email", { email: "  " }],
    ["an email that is a list", { email: ["a@example.com"] }],
    ["an email of 321 characters", { email: `${"x".repeat(320)}@` }],
    ["a name with NUL", { username: "U\0na" }],
    ["a bio with half a character", { bio: "\udfff" }],
  ])("refuses %s", (_name, claims) => {
    expect(() => read(claims)).toThrow();
  });

  it.each([
    [{ username: "Una", name: "Other", firstName: "F" }, "Una"],
    [{ name: "Una Berg" }, "Una Berg"],
    [{ firstName: "Una", lastName: "Berg" }, "Una Berg"],
    [{ first_name: "Una", last_name: "Berg" }, "Una Berg"],
    [{ first_name: "Una" }, "Una"],
    [{ username: "  " }, null],
    [{}, null],
  ])("calls a person %j by %j", (claims, name) => {
    expect(read(claims).username).toBe(name);
  });

  it.each([
    [{ credits: 0 }, 0],
    [{ credits: 1_000_000 }, 1_000_000],
    [{ penoraCredits: 7 }, 7],
    [{ penora_credits: 7 }, 7],
    [{ credits: 5, penoraCredits: 7 }, 5],
    [{ credits: 1_000_001 }, null],
    [{ credits: -1 }, null],
    [{ credits: 1.5 }, null],
    [{ credits: "100" }, null],
    [{ credits: null }, null],
    [{}, null],
  ])("opens %j with %j", (claims, credits) => {
    expect(read(claims).openingCredits).toBe(credits);
  });

  it("cuts what is too long to show, never through a character, and leaves a website out", () => {
    const profile = read({
      username: "😀".repeat(150),
      subscriptionStatus: "s".repeat(100),
      bio: "b".repeat(3_000),
      website: `https://${"w".repeat(3_000)}.example`,
    });
    expect(profile.username).toBe("😀".repeat(100));
    expect(profile.subscriptionStatus).toBe("s".repeat(64));
    expect(profile.bio).toHaveLength(2_000);
    expect(profile.website).toBeNull();
  });

  it("keeps a picture under any of its names, as it was sent", () => {
    for (const name of ["profile_image", "profileImageUrl", "picture"]) {
      expect(read({ [name]: "javascript:alert(1)" }).profileImage).toBe("javascript:alert(1)");
    }
  });
});
