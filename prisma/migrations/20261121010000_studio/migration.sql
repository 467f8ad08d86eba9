-- CreateTable
CREATE TABLE "generations" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "model" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "slot" SMALLINT,
    "round" INTEGER NOT NULL DEFAULT 1,
    "quoted_credits" BIGINT NOT NULL,
    "hold_id" UUID,
    "charged_credits" BIGINT NOT NULL DEFAULT 0,
    "stop_requested_at" TIMESTAMPTZ(3),
    "runner_id" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),
    "label" TEXT,
    "project_code" TEXT,
    "saved_bytes" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "log_cleared_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "generations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "generation_pieces" (
    "generation_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "plan" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "text" TEXT NOT NULL DEFAULT '',
    "words" INTEGER NOT NULL DEFAULT 0,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "words_before" INTEGER NOT NULL DEFAULT 0,
    "chargeable_words" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "generation_pieces_pkey" PRIMARY KEY ("generation_id","nth")
);

-- CreateTable
CREATE TABLE "generation_events" (
    "generation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "generation_events_pkey" PRIMARY KEY ("generation_id","seq")
);

-- CreateTable
CREATE TABLE "generation_settlements" (
    "generation_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "hold_id" UUID,
    "quoted" BIGINT NOT NULL,
    "charged" BIGINT NOT NULL,
    "released" BIGINT NOT NULL,
    "words" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "generation_settlements_pkey" PRIMARY KEY ("generation_id","round")
);

-- CreateIndex
CREATE INDEX "generations_user_id_created_at_id_idx" ON "generations"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "generations_lease_idx" ON "generations"("lease_expires_at") WHERE (status = 'writing');

-- CreateIndex
CREATE INDEX "generations_log_idx" ON "generations"("finished_at") WHERE (log_cleared_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "generations_slot_key" ON "generations"("user_id", "slot") WHERE (slot IS NOT NULL);

-- CreateIndex
CREATE INDEX "generation_settlements_user_id_created_at_idx" ON "generation_settlements"("user_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "generations" ADD CONSTRAINT "generations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_pieces" ADD CONSTRAINT "generation_pieces_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_events" ADD CONSTRAINT "generation_events_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_settlements" ADD CONSTRAINT "generation_settlements_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say: the constraint behind every rule.

ALTER TABLE "generations"
  ADD CONSTRAINT "generations_status_known" CHECK (
    "status" IN ('writing', 'done', 'stopped', 'failed', 'interrupted')
  ),
  ADD CONSTRAINT "generations_model_known" CHECK ("model" IN ('creative', 'balanced', 'fast')),
  ADD CONSTRAINT "generations_pages_within_bounds" CHECK ("pages" BETWEEN 1 AND 50),
  -- With the unique index on (user_id, slot): at most three at once for a person.
  ADD CONSTRAINT "generations_slot_while_writing" CHECK (
    CASE WHEN "status" = 'writing' THEN "slot" IS NOT NULL AND "slot" BETWEEN 1 AND 3 ELSE "slot" IS NULL END
  ),
  ADD CONSTRAINT "generations_lease_while_writing" CHECK (
    CASE WHEN "status" = 'writing' THEN "lease_expires_at" IS NOT NULL
      ELSE "lease_expires_at" IS NULL AND "runner_id" IS NULL END
  ),
  ADD CONSTRAINT "generations_finished_when_ended" CHECK (("status" = 'writing') = ("finished_at" IS NULL)),
  ADD CONSTRAINT "generations_hold_covers_quote" CHECK (
    "quoted_credits" >= 0 AND ("quoted_credits" = 0) = ("hold_id" IS NULL)
  ),
  ADD CONSTRAINT "generations_charged_not_negative" CHECK ("charged_credits" >= 0),
  ADD CONSTRAINT "generations_round_positive" CHECK ("round" >= 1),
  ADD CONSTRAINT "generations_saved_not_negative" CHECK ("saved_bytes" >= 0);

ALTER TABLE "generation_pieces"
  ADD CONSTRAINT "generation_pieces_status_known" CHECK (
    "status" IN ('waiting', 'writing', 'done', 'stopped', 'failed')
  ),
  ADD CONSTRAINT "generation_pieces_nth_positive" CHECK ("nth" >= 1),
  ADD CONSTRAINT "generation_pieces_bytes_are_the_texts" CHECK ("bytes" = octet_length("text")),
  ADD CONSTRAINT "generation_pieces_only_words_are_charged" CHECK (
    "words_before" BETWEEN 0 AND "words" AND "chargeable_words" BETWEEN 0 AND "words"
  );

ALTER TABLE "generation_events"
  ADD CONSTRAINT "generation_events_seq_positive" CHECK ("seq" >= 1),
  ADD CONSTRAINT "generation_events_kind_known" CHECK ("kind" IN ('start', 'piece', 'text', 'piece-end', 'end'));

ALTER TABLE "generation_settlements"
  ADD CONSTRAINT "generation_settlements_add_up" CHECK (
    "charged" >= 0 AND "released" >= 0 AND "charged" + "released" = "quoted"
  );
