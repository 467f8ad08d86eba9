import { z } from "zod";
import { defineOperation } from "./operation";
import { startedShape } from "./studio";
import { toolInput } from "./tool-input";

export const startTool = defineOperation({
  id: "startTool",
  method: "POST",
  path: "/api/me/tools",
  summary: "Have a writing tool answer, in one variant or several; the answers are followed as any text is",
  auth: "session",
  body: z.object({ ask: toolInput }),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: ["insufficient_credits", "too_many_generations", "unavailable"],
});
