-- AlterTable
ALTER TABLE "generation_pieces" ADD COLUMN     "chapter_id" UUID,
ADD COLUMN     "charged_credits" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "draft" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "free" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "target_words" INTEGER NOT NULL DEFAULT 400;

-- AlterTable
ALTER TABLE "generation_settlements" DROP CONSTRAINT "generation_settlements_pkey",
ADD COLUMN     "nth" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "generation_settlements_pkey" PRIMARY KEY ("generation_id", "round", "nth");

-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "held_credits" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "open_unit" INTEGER,
ADD COLUMN     "story_id" UUID;

-- CreateTable
CREATE TABLE "stories" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "idea" JSONB NOT NULL,
    "bible" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "project_code" TEXT,
    "project_version" INTEGER,
    "label" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story_chapters" (
    "id" UUID NOT NULL,
    "story_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "point_of_view" TEXT NOT NULL DEFAULT '',
    "beats" JSONB NOT NULL DEFAULT '[]',
    "target_words" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "text" TEXT NOT NULL DEFAULT '',
    "words" INTEGER NOT NULL DEFAULT 0,
    "chargeable_words" INTEGER NOT NULL DEFAULT 0,
    "charged_credits" BIGINT NOT NULL DEFAULT 0,
    "draft" INTEGER NOT NULL DEFAULT 1,
    "free" BOOLEAN NOT NULL DEFAULT false,
    "free_rewrite_used" BOOLEAN NOT NULL DEFAULT false,
    "out_of_date" BOOLEAN NOT NULL DEFAULT false,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "memory" JSONB,
    "saved_text" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "story_chapters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story_chapter_versions" (
    "id" UUID NOT NULL,
    "chapter_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "draft" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "words" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_chapter_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stories_user_id_updated_at_id_idx" ON "stories"("user_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "story_chapter_versions_chapter_id_created_at_idx" ON "story_chapter_versions"("chapter_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "story_chapter_versions_user_id_created_at_idx" ON "story_chapter_versions"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "generation_pieces_chapter_id_idx" ON "generation_pieces"("chapter_id") WHERE (chapter_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "generations_story_id_created_at_idx" ON "generations"("story_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "generations_story_key" ON "generations"("story_id") WHERE (status = 'writing');

-- AddForeignKey
ALTER TABLE "generations" ADD CONSTRAINT "generations_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_pieces" ADD CONSTRAINT "generation_pieces_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "story_chapters"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stories" ADD CONSTRAINT "stories_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_chapters" ADD CONSTRAINT "story_chapters_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_chapter_versions" ADD CONSTRAINT "story_chapter_versions_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "story_chapters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say.

-- Chapters change places in one statement: only the order that they end up in has to have one of each.
ALTER TABLE "story_chapters"
  ADD CONSTRAINT "story_chapters_story_id_position_key" UNIQUE ("story_id", "position") DEFERRABLE INITIALLY DEFERRED;

-- A hold is named for as long as it is open; a settled one stands in its settlement.
ALTER TABLE "generations" DROP CONSTRAINT "generations_hold_covers_quote";
UPDATE "generations" SET
  "open_unit" = CASE WHEN "status" = 'writing' THEN 0 END,
  "held_credits" = CASE WHEN "status" = 'writing' THEN "quoted_credits" ELSE 0 END,
  "hold_id" = CASE WHEN "status" = 'writing' THEN "hold_id" END;
ALTER TABLE "generations"
  ADD CONSTRAINT "generations_kind_known" CHECK (
    "kind" IN ('single-prompt', 'story-bible', 'story-outline', 'story-chapters', 'tool')
  ),
  ADD CONSTRAINT "generations_quote_not_negative" CHECK ("quoted_credits" >= 0),
  ADD CONSTRAINT "generations_hold_has_its_coins" CHECK (
    "held_credits" >= 0 AND ("held_credits" = 0) = ("hold_id" IS NULL)
  ),
  ADD CONSTRAINT "generations_hold_of_an_open_unit" CHECK ("hold_id" IS NULL OR "open_unit" IS NOT NULL),
  ADD CONSTRAINT "generations_nothing_open_when_ended" CHECK ("status" = 'writing' OR "open_unit" IS NULL);

ALTER TABLE "generation_pieces"
  ADD CONSTRAINT "generation_pieces_target_not_negative" CHECK ("target_words" >= 0),
  ADD CONSTRAINT "generation_pieces_charged_not_negative" CHECK ("charged_credits" >= 0),
  ADD CONSTRAINT "generation_pieces_free_is_free" CHECK (NOT "free" OR ("chargeable_words" = 0 AND "charged_credits" = 0));

ALTER TABLE "generation_settlements"
  ADD CONSTRAINT "generation_settlements_nth_not_negative" CHECK ("nth" >= 0);

ALTER TABLE "stories"
  ADD CONSTRAINT "stories_version_positive" CHECK ("version" >= 1);

ALTER TABLE "story_chapters"
  ADD CONSTRAINT "story_chapters_position_positive" CHECK ("position" >= 1),
  ADD CONSTRAINT "story_chapters_target_within_bounds" CHECK ("target_words" BETWEEN 300 AND 2500),
  ADD CONSTRAINT "story_chapters_status_known" CHECK ("status" IN ('waiting', 'done', 'stopped', 'failed')),
  ADD CONSTRAINT "story_chapters_waiting_is_empty" CHECK (("status" = 'waiting') = ("text" = '') OR "status" = 'failed'),
  ADD CONSTRAINT "story_chapters_draft_positive" CHECK ("draft" >= 1),
  ADD CONSTRAINT "story_chapters_only_words_are_charged" CHECK (
    "words" >= 0 AND "chargeable_words" BETWEEN 0 AND "words" AND "charged_credits" >= 0
  );
