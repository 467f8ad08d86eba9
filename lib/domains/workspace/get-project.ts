import "server-only";
import type { Project } from "@/lib/contract/workspace";
import { prisma } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { describeProject } from "./describe-project";

/** A project of this person with its content, or null: another's, a deleted one and none at all look alike. */
export async function findProject(userId: string, code: string): Promise<Project | null> {
  const row = await prisma().project.findFirst({ where: { code, user_id: userId, deleted_at: null } });
  return row === null ? null : describeProject(row, row.content);
}

/** @throws `project_not_found`. */
export async function getProject(input: { user_id: string; code: string }): Promise<{ project: Project }> {
  const project = await findProject(input.user_id, input.code);
  if (project === null) throw new AppError("project_not_found");
  return { project };
}
