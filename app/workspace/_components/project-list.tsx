import { Image as Picture, NotebookText } from "lucide-react";
import { isPictureType } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { figure } from "@/lib/ui/figure";
import { Table, Td, Th, Tr } from "@/lib/ui/table";
import { appTitle } from "../../_components/app-names";
import { dayInWords, kindInWords, lengthInWords, shownTitle, sizeInWords } from "../../_components/in-words";
import { SelectBox } from "./selection";

/** Projects in a table; where it is narrow, what the columns say stands below the title. */
export function ProjectList({ projects, caption }: { projects: readonly Project[]; caption: string }) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th className="w-full">Title</Th>
          <Th className="hidden md:table-cell">Made by</Th>
          <Th className="hidden md:table-cell">Kind</Th>
          <Th numeric className="hidden md:table-cell">
            Words
          </Th>
          <Th numeric className="hidden md:table-cell">
            Size
          </Th>
          <Th numeric className="hidden md:table-cell">
            Made on
          </Th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <ProjectRow key={project.code} project={project} />
        ))}
      </tbody>
    </Table>
  );
}

function ProjectRow({ project }: { project: Project }) {
  const picture = isPictureType(project.project_type);
  const Icon = picture ? Picture : NotebookText;
  const app = appTitle(project.app_source);
  const kind = kindInWords(project.project_type);
  const made = dayInWords(project.created_at);
  return (
    <Tr>
      <Th scope="row" className="max-w-0">
        <span className="flex items-baseline gap-3">
          <SelectBox code={project.code} title={shownTitle(project.title)} />
          <Icon aria-hidden="true" className="size-4 shrink-0 translate-y-0.5 text-faint" />
          <a
            href={`/workspace/${project.code}`}
            className="min-w-0 truncate font-serif text-lg leading-snug font-normal decoration-accent underline-offset-4 hover:underline"
          >
            {shownTitle(project.title)}
          </a>
        </span>
        <span className="mt-0.5 block pl-14 text-[0.8125rem] font-normal text-faint md:hidden">
          {[app, picture ? kind : lengthInWords(project), sizeInWords(project.size_bytes), made].join(" · ")}
        </span>
      </Th>
      <Td className="hidden whitespace-nowrap text-soft md:table-cell">{app}</Td>
      <Td className="hidden max-w-40 truncate text-soft md:table-cell">{kind}</Td>
      <Td numeric className="hidden text-soft md:table-cell">
        {picture ? <NoWords /> : figure(project.word_count)}
      </Td>
      <Td numeric className="hidden text-soft md:table-cell">
        {sizeInWords(project.size_bytes)}
      </Td>
      <Td numeric className="hidden text-soft md:table-cell">
        <time dateTime={project.created_at}>{made}</time>
      </Td>
    </Tr>
  );
}

function NoWords() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">none</span>
    </>
  );
}
