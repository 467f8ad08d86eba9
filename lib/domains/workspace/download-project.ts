import "server-only";
import type { DownloadFormat } from "@/lib/contract/my-workspace";
import { getProject } from "./get-project";
import { type ProjectFile, renderProjectFile } from "./project-file";

/** A project of this person as a file. @throws `project_not_found`. */
export async function downloadProject(input: {
  user_id: string;
  code: string;
  format: DownloadFormat;
}): Promise<ProjectFile> {
  const { project } = await getProject(input);
  return renderProjectFile(project, input.format);
}
