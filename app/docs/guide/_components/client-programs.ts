import { READER } from "@/lib/contract/examples";

/** How one gets the client, which is one file, with its types beside it. */
export const fetchClient = (origin: string) =>
  `curl -O '${origin}/sdk/penora.mjs' -O '${origin}/sdk/penora.d.mts'`;

/** The guide's program once more, with the client. Tried in the tests as it stands. */
export const clientProgram = (origin: string) => `import { Penora } from "./penora.mjs";

const penora = new Penora({ baseUrl: "${origin}", apiKey: process.env.PENORA_API_KEY! });

const saved = await penora.withHold("${READER.newcomer}", 8, async (hold) => {
  // Your work stands here, however long it takes: the hold is renewed meanwhile.
  const content = "The lamp was lit an hour early that day.";
  return hold.saveAndCapture({ project_type: "story", title: "A lighthouse in rain", content });
});
console.log(saved.project_code, "for", saved.credits_deducted, "credits");`;

/** What stands in a page of the app. */
export const balancePage = (origin: string) => `<script type="module" src="${origin}/sdk/penora.mjs"></script>

<penora-balance token-url="/penora-token"></penora-balance>`;
