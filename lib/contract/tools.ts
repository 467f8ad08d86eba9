import { defineOperation } from "./operation";
import { startedShape } from "./studio";
import { brainstormInput, describeInput, rewriteInput, writeInput } from "./tool-input";

/** The tools begin a generation like any other: it is followed, stopped and read under `/api/me/generations/{id}`. */
const startsGeneration = {
  method: "POST",
  auth: "session",
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: ["insufficient_credits", "too_many_generations", "unavailable"],
} as const;

export const startWrite = defineOperation({
  id: "startWrite",
  path: "/api/me/tools/write",
  summary: "Go on with a text, in one to three ways",
  body: writeInput.omit({ tool: true }),
  ...startsGeneration,
});

export const startRewrite = defineOperation({
  id: "startRewrite",
  path: "/api/me/tools/rewrite",
  summary: "Write a passage anew",
  body: rewriteInput.omit({ tool: true }),
  ...startsGeneration,
});

export const startDescribe = defineOperation({
  id: "startDescribe",
  path: "/api/me/tools/describe",
  summary: "Describe what a passage names, through the senses",
  body: describeInput.omit({ tool: true }),
  ...startsGeneration,
});

export const startBrainstorm = defineOperation({
  id: "startBrainstorm",
  path: "/api/me/tools/brainstorm",
  summary: "Ideas for a text, a line each",
  body: brainstormInput.omit({ tool: true }),
  ...startsGeneration,
});
