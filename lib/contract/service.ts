import { z } from "zod";
import { defineOperation } from "./operation";

/** What Penora tells about itself. */
export const openapi = defineOperation({
  id: "openapi",
  method: "GET",
  path: "/api/openapi.json",
  summary: "This API as an OpenAPI 3.1 document",
  auth: "open",
  response: z.looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.unknown()),
  }),
  envelope: "plain",
  shared: true,
  errors: [],
});
