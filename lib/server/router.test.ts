import { describe, expect, it } from "vitest";
import { Router } from "./router";

const door = (path: string) => ({ segments: path.split("/"), methods: { name: path } });
const router = new Router(
  [
    "api/health",
    "api/project/[code]",
    "api/project/new",
    "api/holds/[id]/capture",
    "api/[...path]",
    "api/deep/[[...rest]]",
  ].map(door),
);
const find = (path: string) => {
  const match = router.find(path);
  return match && [match.methods.name, match.params];
};

describe("the router of the doors", () => {
  it.each([
    ["/api/health", "api/health", {}],
    ["/api/health/", "api/health", {}],
    ["/api/project/JHSHDU", "api/project/[code]", { code: "JHSHDU" }],
    ["/api/project/A%20B%2FC", "api/project/[code]", { code: "A B/C" }],
    ["/api/project/new", "api/project/new", {}],
    ["/api/holds/1/capture", "api/holds/[id]/capture", { id: "1" }],
    ["/api/holds/1/other", "api/[...path]", { path: ["holds", "1", "other"] }],
    ["/api/unknown", "api/[...path]", { path: ["unknown"] }],
    ["/api/project/", "api/[...path]", { path: ["project"] }],
    ["/api/deep", "api/deep/[[...rest]]", {}],
    ["/api/deep/a/b", "api/deep/[[...rest]]", { rest: ["a", "b"] }],
  ])("%s is %s", (path, name, params) => {
    expect(find(path)).toEqual([name, params]);
  });

  it.each(["/api/project/%E0%A4%A", "/other", "/"])("%s is no door", (path) => {
    expect(find(path)).toBeNull();
  });
});
