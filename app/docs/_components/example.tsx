import { asCurl } from "@/lib/contract/reference/as-curl";
import { asTypeScript } from "@/lib/contract/reference/as-typescript";
import type { ShownRequest } from "@/lib/contract/reference/shown-request";
import { CodeBlock } from "./code-block";
import { ExampleTabs } from "./example-tabs";

/** A request in every language that we write it in. The tests take it from the page and send it. */
export function Example({ id, name, request }: { id: string; name: string; request: ShownRequest }) {
  return (
    <ExampleTabs
      name={name}
      curl={<CodeBlock label={`${name}, with curl`} id={id} language="curl" code={asCurl(request)} />}
      typescript={
        <CodeBlock
          label={`${name}, in TypeScript`}
          id={id}
          language="typescript"
          code={asTypeScript(request)}
        />
      }
    />
  );
}
