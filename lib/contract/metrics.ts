import { z } from "zod";
import { defineOperation } from "./operation";

export const readMetrics = defineOperation({
  id: "readMetrics",
  method: "GET",
  path: "/api/metrics",
  summary: "Figures of this process and of the whole service, as Prometheus text",
  auth: "key",
  scope: "admin",
  query: z.object({}),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: [],
});
