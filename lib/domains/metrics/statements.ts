import "server-only";
import { statement } from "@/lib/database/client";

/** Across people: open holds, and those of them that are past their time. An index holds only open ones. */
export const COUNT_HOLDS = statement(`
  SELECT count(*) AS open, count(*) FILTER (WHERE expires_at <= now() AND generation_id IS NULL) AS overdue
  FROM holds WHERE status = 'open'`);

/** Across people: texts under way, and those that ended in the last hour. Indexes hold only these. */
export const COUNT_GENERATIONS = statement(`
  SELECT status, count(*) AS texts FROM generations WHERE status = 'writing' GROUP BY status
  UNION ALL
  SELECT status, count(*) FROM generations
  WHERE log_cleared_at IS NULL AND finished_at > now() - interval '1 hour' AND status <> 'writing' GROUP BY status`);
