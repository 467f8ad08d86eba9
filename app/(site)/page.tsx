import { PageShell } from "../_components/page-shell";
import { currentViewer } from "../_components/viewer";
import { Dashboard } from "./_components/dashboard";
import { GuestLanding } from "./_components/guest-landing";

/** For guests what Penora is; for the signed-in where they stopped. */
export default async function HomePage() {
  const viewer = await currentViewer();
  if (viewer === null) {
    return (
      <PageShell viewer={null} bare>
        <GuestLanding />
      </PageShell>
    );
  }
  return (
    <PageShell viewer={viewer}>
      <Dashboard viewer={viewer} />
    </PageShell>
  );
}
