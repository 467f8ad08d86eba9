import { describeStorage } from "../storage";
import { READER } from "../examples";

/** What the answers of the reference tell of the reader's person: one story, told in every answer. */
export const READER_USER = {
  credits: 57,
  user_id: READER.user,
  username: "Ada",
  email: "ada@example.com",
  held_credits: 8,
  user_version: 41,
};

export const READER_STORAGE = describeStorage(262_144, 1_048_576, 12);

export const READER_PROJECT = {
  code: READER.project,
  id: READER.project,
  project_code: READER.project,
  title: "A walk",
  content: "One foot, then the other.",
  app_source: READER.app,
  project_type: "story",
  metadata: { chapter: 1 },
  size_bytes: 25,
  size_mb: 0,
  file_size_mb: 0,
  word_count: 5,
  version: 1,
  created_at: "2026-11-20T16:04:12.000Z",
  updated_at: "2026-11-20T16:04:12.000Z",
};
