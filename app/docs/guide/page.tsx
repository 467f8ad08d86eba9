import type { Metadata } from "next";
import { env } from "@/lib/foundation/env";
import { callHref } from "../_components/addresses";
import { AnchoredHeading } from "../_components/anchored-heading";
import { CodeBlock } from "../_components/code-block";
import { DocsShell } from "../_components/docs-shell";
import { Example } from "../_components/example";
import { Prose } from "../_components/prose";
import { clientProgram, fetchClient } from "./_components/client-programs";
import { LiveBalance } from "./_components/live-balance";
import { GUIDE_STEPS } from "./_components/steps";
import { wholeProgram } from "./_components/whole-program";

export const metadata: Metadata = {
  title: "Put your app on Penora",
  description: "From a key to work that is paid for exactly when its result is kept.",
};

const KEY = `Penora's operator makes a key for your app, with the scopes that it needs and no others. It is shown once. Keep it on your server; a page never sees it.`;

const WHOLE = `All of it in one program, with the retries that are safe. It runs as it stands with Node 20 or newer; put your work where \`draw\` is.`;

const CLIENT = `The client does all of this: keys for each call, the retries that are safe, time-outs, and holds that are renewed, captured on success and released on failure. It is one file without dependencies, typed by the same contract, with [every call](/docs#calls) under \`call\`.`;

const LIVE = `A page that shows the balance need not ask for it again and again. Your server asks for a token that reads this one person's balance and nothing else, and hands it to the page; the key stays where it is.`;

const READY = `Compare \`code\`, never the sentence in \`error\`. Repeat only what [may be repeated](/docs#retries), with the same \`Idempotency-Key\`. Send \`user_id\` as text. Of two balances believe the one with the higher \`user_version\`. Set a time-out of your own. Keep \`X-Request-Id\` in your log: with it we find your request in ours.`;

/** The way of an engineer from a key to hold, work, save and capture. */
export default function GuidePage() {
  const origin = env().appUrl;
  const parts = [
    { id: "key", title: "Get a key" },
    ...GUIDE_STEPS,
    { id: "whole", title: "The whole of it" },
    { id: "client", title: "Or with our client" },
    { id: "live-balance", title: "Show the balance, live" },
    { id: "ready", title: "Before you go live" },
  ];
  return (
    <DocsShell
      here="/docs/guide"
      title="Put your app on Penora"
      description="From a key to work that is paid for exactly when its result is kept. Every request here is one that you can send, in this order."
      index={[{ title: "Steps", entries: parts.map(({ id, title }) => ({ href: `#${id}`, label: title })) }]}
    >
      <Part id="key" title="Get a key" text={KEY}>
        <CodeBlock
          label="For Penora's operator"
          code="npm run keys -- create --app imagegene --scopes credits:read,credits:deduct,workspace:read,workspace:write,users:write"
        />
      </Part>
      {GUIDE_STEPS.map(({ id, title, text, operation, request }) => (
        <Part key={id} id={id} title={title} text={text}>
          <Example id={`guide-${id}`} name={title} request={request(origin)} />
          <p className="mt-3 text-sm text-faint">
            Its fields, its answer and its failures:{" "}
            <a className="link" href={callHref(operation)}>
              {operation.summary}
            </a>
          </p>
        </Part>
      ))}
      <Part id="whole" title="The whole of it" text={WHOLE}>
        <CodeBlock
          label="A picture that is paid for when it is stored, in TypeScript"
          id="guide-whole"
          language="typescript"
          code={wholeProgram(origin)}
        />
      </Part>
      <Part id="client" title="Or with our client" text={CLIENT}>
        <div className="space-y-5">
          <CodeBlock
            label="Get the client"
            id="guide-get-client"
            language="curl"
            code={fetchClient(origin)}
          />
          <CodeBlock
            label="The same work with the client, in TypeScript"
            id="guide-client"
            language="typescript"
            code={clientProgram(origin)}
          />
        </div>
      </Part>
      <Part id="live-balance" title="Show the balance, live" text={LIVE}>
        <LiveBalance origin={origin} />
      </Part>
      <Part id="ready" title="Before you go live" text={READY} />
    </DocsShell>
  );
}

type PartProps = { id: string; title: string; text: string; children?: React.ReactNode };

function Part({ id, title, text, children }: PartProps) {
  return (
    <section aria-labelledby={id} className="border-t border-line pt-7 pb-11 first:border-t-0 first:pt-0">
      <AnchoredHeading as="h2" id={id}>
        {title}
      </AnchoredHeading>
      <div className="mt-3">
        <Prose>{text}</Prose>
      </div>
      {children === undefined ? null : <div className="mt-5">{children}</div>}
    </section>
  );
}
