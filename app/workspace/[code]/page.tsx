import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PageUser } from "@/lib/client/page-user";
import { isPictureType } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { findProject } from "@/lib/domains/workspace/get-project";
import { labelOf } from "@/lib/domains/workspace/project-file";
import { Badge } from "@/lib/ui/badge";
import { ExportMenu } from "../../_components/export-menu";
import { PageShell } from "../../_components/page-shell";
import { ShareButton } from "../../_components/share-button";
import type { MeansAtFirst } from "../../_components/studio/means";
import { meansOf } from "../../_components/studio/means-of";
import { currentViewer, requireUser, signInUrl } from "../../_components/viewer";
import { shownTitle } from "../../_components/in-words";
import { DeleteProject } from "./_components/delete-project";
import { ProjectContent } from "./_components/project-content";
import { ProjectFacts } from "./_components/project-facts";
import { ProjectHead } from "./_components/project-head";
import { TextBeginning } from "./_components/text-beginning";
import { TextPage } from "./_components/text-page";

type ProjectPageProps = { params: Promise<{ code: string }> };

const readProject = cache(async (userId: string, code: string) =>
  /^[A-Z0-9_]{1,32}$/.test(code) ? findProject(userId, code) : null,
);

export async function generateMetadata({ params }: ProjectPageProps): Promise<Metadata> {
  const [{ code }, viewer] = await Promise.all([params, currentViewer()]);
  const project = viewer === null ? null : await readProject(viewer.userId, code);
  return { title: project === null ? "Page not found" : shownTitle(project.title) };
}

export default async function ProjectPage({ params }: ProjectPageProps) {
  const { code } = await params;
  const viewer = await requireUser(`/workspace/${code}`);
  const project = await readProject(viewer.userId, code);
  if (project === null) notFound();
  return (
    <PageShell viewer={viewer}>
      <PageUser userId={viewer.userId}>
        <article className="relative lg:max-xl:has-data-tools:right-37">
          <p className="mx-auto max-w-prose">
            <a href="/workspace" className="link inline-flex items-center gap-1.5 text-sm">
              <ArrowLeft aria-hidden="true" className="size-3.5" /> Workspace
            </a>
          </p>
          {isPictureType(project.project_type) ? (
            <PictureOf project={project} />
          ) : (
            <TextOf project={project} means={meansOf(viewer)} />
          )}
        </article>
      </PageUser>
    </PageShell>
  );
}

function PictureOf({ project }: { project: Project }) {
  return (
    <div className="mx-auto max-w-prose">
      <ProjectHead code={project.code} title={project.title} actions={<Actions project={project} />}>
        <About project={project} />
      </ProjectHead>
      <div className="mt-8">
        <ProjectContent project={project} />
      </div>
    </div>
  );
}

function TextOf({ project, means }: { project: Project; means: MeansAtFirst }) {
  const content = project.content ?? "";
  return (
    <TextPage
      code={project.code}
      title={project.title}
      content={content}
      version={project.version}
      metadata={project.metadata}
      signInHref={signInUrl(`/workspace/${project.code}`)}
      tools={means}
      fallback={<TextBeginning content={content} />}
    >
      <About project={project} />
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <Actions project={project} />
      </div>
    </TextPage>
  );
}

function About({ project }: { project: Project }) {
  const label = labelOf(project.metadata);
  return (
    <>
      <ProjectFacts project={project} />
      {label === null ? null : (
        <p className="mt-3">
          <Badge tone="warn">{label}</Badge>
        </p>
      )}
    </>
  );
}

function Actions({ project }: { project: Project }) {
  return (
    <>
      <ExportMenu code={project.code} isPicture={isPictureType(project.project_type)} />
      <ShareButton code={project.code} />
      <DeleteProject code={project.code} title={shownTitle(project.title)} />
    </>
  );
}
