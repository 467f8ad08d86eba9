import { isPictureType } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { appTitle } from "../../../_components/app-names";
import { dayInWords, kindInWords, lengthInWords, sizeInWords } from "../../../_components/in-words";

/** Who made it, what it is, how long, and when, in one line. */
export function ProjectFacts({ project }: { project: Project }) {
  const made = dayInWords(project.created_at);
  const changed = dayInWords(project.updated_at);
  const facts = [
    appTitle(project.app_source),
    kindInWords(project.project_type),
    ...(isPictureType(project.project_type) ? [] : [lengthInWords(project)]),
    sizeInWords(project.size_bytes),
    `made on ${made}`,
    ...(changed === made ? [] : [`changed on ${changed}`]),
  ];
  return <p className="mt-2 text-sm text-soft">{facts.join(" · ")}</p>;
}
