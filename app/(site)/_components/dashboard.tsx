import { listOf } from "@/lib/domains/studio/read-generation";
import { storiesOf } from "@/lib/domains/studio/stories/read-story";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { ButtonLink } from "@/lib/ui/button-link";
import { Card } from "@/lib/ui/card";
import { LabelledMeter } from "@/lib/ui/labelled-meter";
import { Section } from "@/lib/ui/section";
import { balanceOf } from "../../_components/balance-of";
import type { Viewer } from "../../_components/viewer";
import { BalanceFigure } from "./balance-figure";
import { LastProjects } from "./last-projects";
import { WhereYouStopped } from "./where-you-stopped";

const PROJECTS_SHOWN = 5;

/** What a signed-in person comes back to: the text that they were at, their last projects, coins and space. */
export async function Dashboard({ viewer }: { viewer: Viewer }) {
  const [{ projects, total_projects: total }, { generations }, { stories }] = await Promise.all([
    listProjects({ user_id: viewer.userId, limit: PROJECTS_SHOWN, include_content: false }),
    listOf(viewer.userId, { kind: "single-prompt", limit: 1 }),
    storiesOf(viewer.userId, { limit: 1 }),
  ]);
  return (
    <div className="grid items-start gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="min-w-0 space-y-12">
        <header>
          <h1 className="font-serif text-4xl leading-tight font-medium tracking-[-0.018em] break-words">
            {viewer.username === "" ? "Welcome back." : `Welcome back, ${viewer.username}.`}
          </h1>
          <WhereYouStopped generation={generations[0] ?? null} story={stories[0] ?? null} />
        </header>
        <Section title="Last projects" aside={total > 0 ? <AllProjects total={total} /> : null}>
          <LastProjects projects={projects} />
        </Section>
      </div>
      <aside aria-label="Coins and space" className="space-y-4">
        <Card>
          <BalanceFigure initial={balanceOf(viewer)} />
          <ButtonLink href="/account" size="sm" className="mt-4">
            Statement
          </ButtonLink>
        </Card>
        <Card>
          <LabelledMeter
            label="Workspace"
            value={viewer.storage.used_bytes}
            max={viewer.storage.limit_bytes}
            text={`${viewer.storage.used_mb} of ${viewer.storage.limit_mb} MB`}
          />
        </Card>
      </aside>
    </div>
  );
}

function AllProjects({ total }: { total: number }) {
  return (
    <a href="/workspace" className="link text-sm font-medium">
      {total === 1 ? "Open the workspace" : `All ${total} in the workspace`}
    </a>
  );
}
