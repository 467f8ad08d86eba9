import type { DemoPerson, demoPicture, demoSignIn } from "@/lib/contract/demo";
import type { OutputOf } from "@/lib/contract/operation";
import { postJson, type Posted } from "./post-json";

export type DemoPicture = OutputOf<typeof demoPicture>;

/** Has the demo hub sign a token for a person; answers the link to follow. */
export function signInToDemo(
  person: DemoPerson,
  redirect: string | undefined,
): Promise<Posted<OutputOf<typeof demoSignIn>>> {
  return postJson("/api/demo/sign-in", { ...person, redirect }, null);
}

/** Has the demo's ImageGene make a picture and spend the coins of `userId` for it. */
export function orderPicture(prompt: string, userId: string): Promise<Posted<DemoPicture>> {
  return postJson("/api/demo/picture", { prompt }, userId);
}
