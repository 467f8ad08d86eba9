import { READER } from "@/lib/contract/examples";
import { createBrowserToken } from "@/lib/contract/live";
import { shownRequest } from "@/lib/contract/reference/shown-request";
import { CodeBlock } from "../../_components/code-block";
import { Example } from "../../_components/example";
import { Prose } from "../../_components/prose";
import { balancePage } from "./client-programs";

const PAGE = `In your page stands one element. \`token-url\` is an address of your own app that answers what Penora answered, for whoever is signed in there. The element follows the balance, keeps no connection while the page is hidden, and comes back by itself after any fault. It says \`penora-balance\` with each change, and is styled through \`::part(credits)\`.

Penora's operator names the origin of your pages in \`CORS_ORIGINS\`. A page that wants to do it by itself opens an \`EventSource\` on [events](/docs/live#followBalance).`;

/** From the server's token to the number in the page. */
export function LiveBalance({ origin }: { origin: string }) {
  const request = shownRequest(createBrowserToken, origin, {
    body: { user_id: READER.newcomer, expires_in: 900 },
  });
  return (
    <div className="space-y-5">
      <Example id="guide-live-balance" name="A token for one person's page" request={request} />
      <Prose>{PAGE}</Prose>
      <CodeBlock label="In your page" id="guide-balance-page" language="html" code={balancePage(origin)} />
    </div>
  );
}
