import type { OperationId } from "./operations";

/** What an example may stand on: people and a project that are there. Every test has its own, and so has the reader. */
export interface World {
  /** The app that asks. */
  readonly app: string;
  /** A name that nothing has yet: of a campaign, of a payment. */
  readonly fresh: string;
  /** The id of a person whom nobody has told Penora of. */
  readonly newcomer: string;
  /** A person with 500 credits, some of them set aside. */
  readonly user: string;
  /** The code of a project of theirs that `penora` saved; whoever signs in has an older version of it. */
  readonly project: string;
  /** The code of one that lies in their bin. */
  readonly binned: string;
  /** The id of a row of their ledger in which `penora` spent 5 credits. */
  readonly transaction: string;
  /** The id of a hold of theirs that is open. */
  readonly hold: string;
  /** The id of a text of theirs that was stopped. Only whoever signs in has one. */
  readonly generation: string;
  /** A token with which the hub signs somebody in. */
  readonly hubToken: string;
  /** The id of a story of theirs with a chapter that is written and was written anew: the chapter, and the text before. */
  readonly story: string;
  readonly chapter: string;
  readonly chapterVersion: string;
  /** The id of a link to that project. Only whoever signs in has one. */
  readonly share: string;
}

/** Where nothing is there: for whoever may not ask at all. */
export const NOWHERE: World = {
  app: "penora",
  fresh: "order-2041",
  newcomer: "nobody-yet",
  user: "nobody",
  project: "JHSHDU",
  binned: "QWERTY",
  transaction: "1",
  hold: "5b6c7f0e-9a52-4f1d-8d0a-2f6f5a1c7e21",
  generation: "3f0d2a54-5d1c-4d0e-9d57-4c1f3f9f6a10",
  hubToken: "eyJhbGciOiJub25lIn0.e30.",
  story: "7d3c1f0a-4a57-4b6e-8f6d-0c9a5e2b7d11",
  chapter: "0b8f6c1e-93ad-4f52-a1c4-6e7d5b3a9f22",
  chapterVersion: "c2a4e6d8-1b3f-4d5c-9e7a-8f0b2c4d6e33",
  share: "9a1f4c1e-7d0b-4b52-8b6e-2f0c6f0e7a33",
};

/** The world of whoever reads `/docs` and the OpenAPI document. */
export const READER: World = {
  ...NOWHERE,
  app: "imagegene",
  user: "118234567890123456789",
  newcomer: "205711380046219873315",
  transaction: "48213",
  hubToken: "eyJhbGciOiJIUzI1NiJ9.the-token-that-the-hub-signed.its-signature",
};

/** A request that is answered with 200 where the caller may ask it. */
export interface Example {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
  /** Laid over the query or the body it makes another request of it, which the same idempotency key must not serve. */
  readonly otherwise?: Record<string, string | number>;
  /** The same for what varies in the address, where nothing else makes another request of it. */
  readonly elsewhere?: Record<string, string>;
}

const IDEA = {
  premise: "A lighthouse keeper named Ada finds a letter in a bottle.",
  chapters: 2,
  words_per_chapter: 300,
  model: "fast",
};

/**
 * One for each operation: a new one does not compile until it has its example. The walk over the contract asks it, `/docs`
 * and the OpenAPI document show it. In one world it is always the same: what must be new in each test is `fresh`.
 */
const EXAMPLES = {
  me: () => ({ query: {} }),
  userInfo: ({ user }) => ({ query: { user_id: user } }),
  deductCredits: ({ app, user }) => ({
    body: {
      user_id: user,
      amount: 3,
      app_name: app,
      description: "A picture",
      project_code: "JHSHDU",
      action: "draw",
      metadata: { size: "512x512", tags: ["a", "b"] },
    },
    otherwise: { amount: 4 },
  }),
  holdCredits: ({ app, user }) => ({
    body: {
      user_id: user,
      amount: 8,
      app_name: app,
      description: "A series of pictures",
      project_code: "JHSHDU",
      action: "draw",
      expires_in: 600,
    },
    otherwise: { amount: 9 },
  }),
  captureHold: ({ hold }) => ({
    params: { id: hold },
    body: { amount: 3, description: "Three pictures", project_code: "JHSHDU" },
    otherwise: { amount: 2 },
  }),
  releaseHold: ({ hold }) => ({ params: { id: hold }, body: {}, elsewhere: { id: NOWHERE.hold } }),
  extendHold: ({ hold }) => ({
    params: { id: hold },
    body: { expires_in: 1200 },
    otherwise: { expires_in: 1300 },
  }),
  getHold: ({ hold }) => ({ params: { id: hold } }),
  refundCredits: ({ user, transaction }) => ({
    body: { user_id: user, transaction_id: transaction, amount: 2, description: "It failed" },
    otherwise: { amount: 3 },
  }),
  addCredits: ({ app, fresh, user }) => ({
    body: {
      user_id: user,
      amount: 20,
      transaction_type: "bonus",
      direction: "credit",
      description: "For trying",
      app_name: app,
      reference: fresh,
      metadata: { order: 17 },
    },
    otherwise: { amount: 21 },
  }),
  addCreditsLegacy: ({ fresh, user }) => ({
    body: { user_id: user, credits: 5, note: "From the hub", reference: fresh },
    otherwise: { note: "From elsewhere" },
  }),
  listTransactions: ({ app, user }) => ({
    query: {
      user_id: user,
      limit: "5",
      app,
      type: "used",
      from: "2026-01-01",
      to: "2100-01-01T00:00:00Z",
      project_code: "JHSHDU",
    },
  }),
  createUser: ({ newcomer }) => ({
    body: {
      user_id: newcomer,
      username: "Ada",
      email: "ada@example.com",
      initial_credits: 7,
      profile_image: "https://example.com/ada.png",
      bio: "Writes.",
      website: "https://example.com",
    },
    otherwise: { username: "Grace" },
  }),
  giveBonusCredits: ({ fresh, user }) => ({
    body: { campaign: fresh, bonus_amount: 2, user_ids: [user] },
    otherwise: { bonus_amount: 3 },
  }),
  saveProject: ({ app, user }) => ({
    body: {
      user_id: user,
      app_source: app,
      project_type: "story",
      title: "A walk",
      content: "One foot, then the other.",
      metadata: { chapter: 1 },
    },
    otherwise: { title: "A run" },
  }),
  listProjects: ({ app, user }) => ({
    query: {
      user_id: user,
      app_filter: app,
      project_type: "story",
      limit: "5",
      include_content: "false",
    },
  }),
  getProject: ({ user, project }) => ({ params: { code: project }, query: { user_id: user } }),
  updateProject: ({ user, project }) => ({
    params: { code: project },
    body: {
      user_id: user,
      title: "Another title",
      content: "Other words.",
      metadata: { chapter: 2 },
      version: 1,
      include_content: true,
    },
    otherwise: { title: "A third title" },
  }),
  deleteProject: ({ user, project }) => ({
    params: { code: project },
    query: { user_id: user },
    otherwise: { user_id: "somebody-else" },
  }),
  restoreProject: ({ user, binned }) => ({
    params: { code: binned },
    body: { user_id: user },
    otherwise: { user_id: "somebody-else" },
  }),
  createBrowserToken: ({ user }) => ({ body: { user_id: user, expires_in: 60 } }),
  getBalance: ({ user }) => ({ query: { user_id: user } }),
  followBalance: ({ user }) => ({ query: { user_id: user } }),
  storageStats: ({ user }) => ({ query: { user_id: user } }),
  getUsage: ({ user }) => ({
    query: {
      user_id: user,
      from: "2026-01-01",
      to: "2100-01-01T00:00:00Z",
      interval: "week",
      group_by: "action",
    },
  }),
  reconcile: () => ({ query: {} }),
  readMetrics: () => ({ query: {} }),
  updateUser: ({ user }) => ({
    body: { user_id: user, low_balance_threshold: 20 },
    otherwise: { low_balance_threshold: 21 },
  }),

  listProjectsOlder: ({ user }) => ({ query: { user_id: user } }),
  getProjectOlder: ({ user, project }) => ({ params: { code: project }, query: { user_id: user } }),

  // Doors of pages.
  followMyBalance: () => ({}),
  userStatus: () => ({}),
  startSession: () => ({ body: { auth_token: "eyJhbGciOiJub25lIn0.e30." } }),
  crossAppAuth: ({ hubToken }) => ({ body: { jwt_token: hubToken } }),
  readCredits: () => ({}),
  listMyTransactions: ({ app }) => ({ query: { limit: "5", app, type: "used", format: "json" } }),
  updateMyUser: () => ({ body: { low_balance_threshold: 20 } }),
  syncCredits: () => ({ body: {} }),
  endSession: () => ({ body: { everywhere: false } }),
  health: () => ({}),
  ready: () => ({}),
  openapi: () => ({}),
  demoSignIn: () => ({
    body: { user_id: "demo_walk", username: "Demo", email: "demo@example.com", credits: 5 },
  }),
  demoPicture: () => ({ body: { prompt: "A lighthouse in rain" } }),
  startGeneration: () => ({ body: { prompt: "A lighthouse in rain", pages: 1, model: "fast" } }),
  continueGeneration: ({ generation }) => ({ params: { id: generation }, body: {} }),
  stopGeneration: ({ generation }) => ({ params: { id: generation }, body: {} }),
  saveGeneration: ({ generation }) => ({ params: { id: generation }, body: {} }),
  getGeneration: ({ generation }) => ({ params: { id: generation } }),
  listGenerations: () => ({ query: { limit: "5" } }),
  followGeneration: ({ generation }) => ({ params: { id: generation }, query: { after: "0" } }),
  startTool: () => ({
    body: { ask: { tool: "brainstorm", kind: "titles", count: 3, text: "A lighthouse in rain." } },
  }),
  createStory: () => ({ body: { title: "The Light", idea: IDEA }, otherwise: { title: "The Dark" } }),
  listStories: () => ({ query: { limit: "5" } }),
  getStory: ({ story }) => ({ params: { id: story } }),
  updateStory: ({ story }) => ({
    params: { id: story },
    body: { version: 2, title: "Another light" },
    otherwise: { title: "A third light" },
  }),
  deleteStory: ({ story }) => ({ params: { id: story }, elsewhere: { id: NOWHERE.generation } }),
  writeStoryBible: ({ story }) => ({ params: { id: story }, body: {} }),
  writeStoryOutline: ({ story, chapter }) => ({ params: { id: story }, body: { chapter_id: chapter } }),
  writeStoryChapters: ({ story, chapter }) => ({
    params: { id: story },
    body: { chapters: [chapter], rewrite: true },
  }),
  saveStory: ({ story }) => ({ params: { id: story }, body: {} }),
  listChapterVersions: ({ story, chapter }) => ({ params: { id: story, chapter } }),
  restoreChapterVersion: ({ story, chapter, chapterVersion }) => ({
    params: { id: story, chapter },
    body: { version_id: chapterVersion },
  }),
  listMyProjects: () => ({ query: { limit: "5" } }),
  createMyProject: () => ({ body: { title: "The letter", content: "It came with the bread." } }),
  getMyProject: ({ project }) => ({ params: { code: project } }),
  updateMyProject: ({ project }) => ({ params: { code: project }, body: { title: "Another title" } }),
  deleteMyProject: ({ project }) => ({ params: { code: project } }),
  restoreMyProject: ({ project }) => ({ params: { code: project }, body: {} }),
  removeMyProject: ({ project }) => ({ params: { code: project } }),
  emptyMyBin: () => ({ query: { until: "2026-11-01T00:00:00.000Z" } }),
  getMyExportFormats: ({ project }) => ({ params: { code: project } }),
  exportMyProject: ({ project }) => ({ params: { code: project }, query: { format: "docx" } }),
  createMyExportLink: ({ project }) => ({ params: { code: project }, body: { format: "epub" } }),
  exportMyWorkspace: ({ project }) => ({ query: { format: "md", codes: project } }),
  createMyWorkspaceLink: ({ project }) => ({ body: { format: "txt", codes: [project] } }),
  openExportLink: () => ({ query: { link_token: "e30.AAAA" } }),
  showMyPicture: () => ({ params: { code: "IMG_JHSHDU" } }),
  listMyShares: ({ project }) => ({ params: { code: project } }),
  shareMyProject: ({ project }) => ({ params: { code: project }, body: { expires_in_days: 7 } }),
  revokeMyShare: ({ project, share }) => ({ params: { code: project, id: share } }),
  showSharedPicture: () => ({ params: { token: "x".repeat(32), code: "IMG_JHSHDU" } }),
  listVersions: ({ project }) => ({ params: { code: project } }),
  keepConflict: ({ project }) => ({ params: { code: project }, body: { content: "Words of another tab." } }),
  getVersion: ({ project }) => ({ params: { code: project, number: "1" } }),
  restoreVersion: ({ project }) => ({ params: { code: project, number: "1" }, body: { version: 2 } }),
} satisfies Record<OperationId, (world: World) => Example>;

/** The example of an operation of the list. */
export function exampleOf(id: string, world: World): Example {
  return EXAMPLES[id as OperationId](world);
}
