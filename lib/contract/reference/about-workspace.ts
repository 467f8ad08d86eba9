import { READER } from "../examples";
import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";
import { READER_PROJECT, READER_STORAGE } from "./reader-answers";

const LISTED = { ...READER_PROJECT, content: null };

export const aboutWorkspace = {
  saveProject: {
    area: "workspace",
    text: "Without `project_code` it saves a new project; with one it writes that project's new content, if it is your app's.\n\nWith `hold_id` it is paid in the same moment: saved and captured together, or neither. That needs the scope `credits:deduct` too. A title over 200 characters is cut.\n\nPictures (`project_type` of `ai_image`, `ai_artwork`, `ai_art` or `image`) are sent as a `data:` URL, an `https` URL, or bare base64 of a PNG, JPEG, WebP or GIF; their codes begin with `IMG_`.",
    answer: {
      project_code: READER.project,
      code: READER.project,
      title: "A walk",
      size_mb: 0,
      size_bytes: 25,
      storage_remaining_mb: 0.75,
      app_source: READER.app,
      project_type: "story",
      version: 1,
      created: true,
    },
  },
  listProjects: {
    area: "workspace",
    text: "The projects of every app. Without `limit` it answers all of them; the counts are those of the whole list under the filters, whatever the page. `projects` and `all_projects` are the same list.\n\nAn answer that would grow past 4 MB leaves contents out and says `content_omitted: true`: ask for those projects one by one.",
    answer: {
      projects: [LISTED],
      all_projects: [LISTED],
      penora_projects: [],
      imagegene_projects: [LISTED],
      total_projects: 1,
      total_count: 1,
      penora_count: 0,
      imagegene_count: 1,
      user_id: READER.user,
      storage: READER_STORAGE,
      storage_stats: READER_STORAGE,
      next_cursor: null,
    },
  },
  getProject: {
    area: "workspace",
    text: "Reading crosses apps: yours may show what another app saved.",
    answer: { project: READER_PROJECT },
  },
  updateProject: {
    area: "workspace",
    text: "Changes what you send and leaves the rest. Send the `version` that you read: if somebody has changed the project since, the answer is 409 `version_conflict` and nothing is lost. Only the app that saved a project may change it.",
    answer: {
      project: {
        ...READER_PROJECT,
        title: "Another title",
        content: "Other words.",
        metadata: { chapter: 2 },
        size_bytes: 12,
        word_count: 2,
        version: 2,
        updated_at: "2026-11-21T09:30:00.000Z",
      },
    },
  },
  deleteProject: {
    area: "workspace",
    text: "Its bytes are free at once. For 30 days it lies in the bin, from which it can be restored.",
    answer: { deleted: true, storage: READER_STORAGE },
  },
  restoreProject: {
    area: "workspace",
    text: "As it was, with its code and content, if there is room for it.",
    answer: {
      project: { ...READER_PROJECT, code: READER.binned, id: READER.binned, project_code: READER.binned },
    },
  },
  storageStats: {
    area: "workspace",
    text: "How full the megabyte is that all apps share, and with whose projects.",
    answer: {
      storage_stats: READER_STORAGE,
      breakdown: {
        penora_mb: 0.05,
        imagegene_mb: 0.2,
        total_projects: 12,
        penora_projects: 4,
        imagegene_projects: 8,
      },
      apps: [
        { app_source: "imagegene", size_mb: 0.2, size_bytes: 209_715, projects: 8 },
        { app_source: "penora", size_mb: 0.05, size_bytes: 52_429, projects: 4 },
      ],
    },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
