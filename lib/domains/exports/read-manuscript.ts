import "server-only";
import { referencedCodes } from "@/lib/contract/picture-reference";
import type { Project } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { findAccount } from "@/lib/domains/accounts/get-account";
import { getProject } from "@/lib/domains/workspace/get-project";
import { labelOf } from "@/lib/domains/workspace/project-file";
import type { Manuscript } from "./make-document";
import { FIND_PICTURES } from "./statements";

/** A project of this person, as an export is made of it. @throws `project_not_found`. */
export async function readManuscript(
  userId: string,
  code: string,
): Promise<{ project: Project; manuscript: Manuscript }> {
  const [{ project }, account] = await Promise.all([
    getProject({ user_id: userId, code }),
    findAccount(userId),
  ]);
  const content = project.content ?? "";
  const language = project.metadata?.language;
  const manuscript = {
    code: project.code,
    title: project.title,
    projectType: project.project_type,
    content,
    author: account?.username ?? "",
    label: labelOf(project.metadata),
    language: typeof language === "string" ? language : null,
    changedAt: project.updated_at,
    pictures: await readPictures(userId, content),
  };
  return { project, manuscript };
}

/** The contents of the pictures that a text refers to; what is gone or somebody else's is missing. */
async function readPictures(userId: string, content: string): Promise<Record<string, string>> {
  const codes = referencedCodes(content);
  if (codes.length === 0) return {};
  const rows = await database.query<{ code: string; content: string }>(FIND_PICTURES, [userId, codes]);
  return Object.fromEntries(rows.map((row) => [row.code, row.content]));
}
