import "server-only";
import type { DemoPerson } from "@/lib/contract/demo";
import { drawPicture } from "./draw-picture";

export interface ReadyPerson extends DemoPerson {
  /** What there is to try with them. */
  readonly note: string;
}

const face = (words: string) => `data:image/png;base64,${drawPicture(words, 48).toString("base64")}`;

/** Somebody for each thing that a newcomer may want to see. Their credits open their balance, once. */
export function readyPeople(): readonly ReadyPerson[] {
  return [
    {
      user_id: "demo_ada",
      username: "Ada Okafor",
      email: "ada@demo.example",
      note: "Known here already: some texts, some coins spent.",
      bio: "Writes about bridges and the people who cross them.",
      website: "https://ada.demo.example/",
      profile_image: face("a red bridge at dusk"),
      subscription_status: "plus",
      credits: 240,
    },
    {
      user_id: "demo_bruno",
      username: "Bruno Keller",
      email: "bruno@demo.example",
      note: "New: gets the welcome of 50 + 10 KU Coins.",
    },
    {
      user_id: "demo_chen",
      username: "Chen Yu",
      email: "chen@demo.example",
      note: "Nearly out of coins: four left, one too few for a picture.",
      credits: 4,
    },
    {
      user_id: "demo_dora",
      username: "Dora Nagy",
      email: "dora@demo.example",
      note: "Has bought a thousand, for long texts.",
      subscription_status: "pro",
      credits: 1_000,
    },
  ];
}
