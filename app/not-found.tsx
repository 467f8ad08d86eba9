import type { Metadata } from "next";
import { ButtonLink } from "@/lib/ui/button-link";
import { Message } from "./_components/message";
import { PageShell } from "./_components/page-shell";
import { currentViewer } from "./_components/viewer";

export const metadata: Metadata = { title: "Page not found" };

export default async function NotFound() {
  const viewer = await currentViewer();
  return (
    <PageShell viewer={viewer}>
      <Message
        mark="404"
        title="There is no such page."
        actions={
          <>
            <ButtonLink href="/" variant="primary">
              Home page
            </ButtonLink>
            {viewer ? <ButtonLink href="/workspace">Workspace</ButtonLink> : null}
          </>
        }
      >
        <p>The address may be mistyped, or what stood here was deleted or belongs to somebody else.</p>
      </Message>
    </PageShell>
  );
}
