import { PageShell } from "../_components/page-shell";
import { currentViewer } from "../_components/viewer";
import { GuestLanding } from "./_components/guest-landing";

export default async function HomePage() {
  const viewer = await currentViewer();
  return (
    <PageShell viewer={viewer} bare>
      <GuestLanding />
    </PageShell>
  );
}
