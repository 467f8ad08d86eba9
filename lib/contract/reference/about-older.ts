import { READER } from "../examples";
import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";
import { READER_PROJECT, READER_USER } from "./reader-answers";

const ADA = { user_id: READER_USER.user_id, username: READER_USER.username, email: READER_USER.email };

const PROJECT = {
  id: READER_PROJECT.code,
  title: READER_PROJECT.title,
  content: READER_PROJECT.content,
  created_at: READER_PROJECT.created_at,
  updated_at: READER_PROJECT.updated_at,
  size: 25,
  word_count: 5,
  type: "penora_project" as const,
  app_source: READER_PROJECT.app_source,
  project_type: READER_PROJECT.project_type,
};

export const aboutOlder = {
  listProjectsOlder: {
    area: "neighbours",
    text: "A key says whose projects are meant; a session, or a token of the hub in a header, says it by itself and may name nobody else. New code calls `GET /api/unified/user-projects`.",
    answer: { success: true, projects: [PROJECT], total_count: 1, user_info: ADA, api_version: "1.0" },
  },
  getProjectOlder: {
    area: "neighbours",
    text: "The same for one project. New code calls `GET /api/unified/project/{code}`.",
    answer: { success: true, project: PROJECT, user_info: ADA, api_version: "1.0" },
  },
  readCredits: {
    area: "neighbours",
    text: "What pages of the family asked for. New code calls `GET /api/unified/user-info` from its server.",
    answer: { success: true, credits: READER_USER.credits, low_balance: false, user_id: READER.user },
  },
  syncCredits: {
    area: "neighbours",
    text: "Older pages told it a balance of their own. It believes nothing and changes nothing: it answers what the ledger says.",
    answer: {
      success: true,
      remaining_credits: 57,
      low_balance: false,
      credits_used: 23,
      total_credits_used: 23,
      message: "Credits are kept by Penora; nothing was changed.",
    },
  },
  crossAppAuth: {
    area: "neighbours",
    text: "Begins a session from a token that the hub signed. Only what the token says is believed. New pages are opened with `auth_token` in their address instead.",
    answer: {
      success: true,
      user: { ...ADA, credits: READER_USER.credits, low_balance: false },
      ...ADA,
      message: "Signed in.",
    },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
