-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "credits" BIGINT NOT NULL DEFAULT 0,
    "held_credits" BIGINT NOT NULL DEFAULT 0,
    "user_version" BIGINT NOT NULL DEFAULT 1,
    "subscription_status" TEXT NOT NULL DEFAULT 'free',
    "profile_image" TEXT,
    "bio" TEXT,
    "website" TEXT,
    "storage_used_bytes" INTEGER NOT NULL DEFAULT 0,
    "storage_limit_bytes" INTEGER NOT NULL DEFAULT 1048576,
    "project_count" INTEGER NOT NULL DEFAULT 0,
    "profile_issued_at" TIMESTAMPTZ(3),
    "sessions_valid_from" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_transactions" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "app_name" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "transaction_type" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "balance_after" BIGINT NOT NULL,
    "credits_after" BIGINT NOT NULL,
    "user_version" BIGINT NOT NULL,
    "project_code" TEXT,
    "metadata" JSONB,
    "reference" TEXT,
    "campaign" TEXT,
    "api_key_id" TEXT,
    "hold_id" UUID,
    "generation_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_usage" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "app_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "credits_used" BIGINT NOT NULL,
    "details" JSONB,
    "transaction_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_usage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holds" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" TEXT NOT NULL,
    "app_name" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "description" TEXT NOT NULL DEFAULT '',
    "project_code" TEXT,
    "action" TEXT NOT NULL DEFAULT 'deduct',
    "api_key_id" TEXT,
    "generation_id" UUID,
    "result" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "code" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "app_source" TEXT NOT NULL,
    "project_type" TEXT NOT NULL,
    "metadata" JSONB,
    "size_bytes" INTEGER NOT NULL,
    "word_count" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "app_name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erased_people" (
    "id_hash" BYTEA NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_people_pkey" PRIMARY KEY ("id_hash")
);

-- CreateIndex
CREATE INDEX "credit_transactions_user_id_id_idx" ON "credit_transactions"("user_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "credit_transactions_reference_key" ON "credit_transactions"("app_name", "reference") WHERE (reference IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "credit_transactions_campaign_key" ON "credit_transactions"("campaign", "user_id") WHERE (campaign IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "credit_transactions_hold_key" ON "credit_transactions"("hold_id") WHERE (hold_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "app_usage_user_id_created_at_idx" ON "app_usage"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "holds_open_user_idx" ON "holds"("user_id") WHERE (status = 'open');

-- CreateIndex
CREATE INDEX "holds_open_expires_idx" ON "holds"("expires_at") WHERE (status = 'open');

-- CreateIndex
CREATE INDEX "projects_user_id_created_at_code_idx" ON "projects"("user_id", "created_at" DESC, "code" DESC);

-- CreateIndex
CREATE INDEX "projects_bin_idx" ON "projects"("deleted_at") WHERE (deleted_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE INDEX "api_keys_app_name_idx" ON "api_keys"("app_name");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- AddForeignKey
ALTER TABLE "holds" ADD CONSTRAINT "holds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say: the constraint behind every rule.

ALTER TABLE "users" SET (fillfactor = 70);
ALTER TABLE "users"
  ADD CONSTRAINT "users_id_length" CHECK (char_length("id") BETWEEN 1 AND 128),
  ADD CONSTRAINT "users_credits_not_negative" CHECK ("credits" >= 0),
  ADD CONSTRAINT "users_held_not_negative" CHECK ("held_credits" >= 0),
  ADD CONSTRAINT "users_storage_within_limit" CHECK ("storage_used_bytes" BETWEEN 0 AND "storage_limit_bytes"),
  ADD CONSTRAINT "users_project_count_within_limit" CHECK ("project_count" BETWEEN 0 AND 5000);

ALTER TABLE "credit_transactions"
  ADD CONSTRAINT "credit_transactions_type_and_sign" CHECK (
    CASE "transaction_type"
      WHEN 'used' THEN "amount" < 0
      WHEN 'adjustment' THEN "amount" <> 0
      WHEN 'initial' THEN "amount" > 0
      WHEN 'bonus' THEN "amount" > 0
      WHEN 'purchased' THEN "amount" > 0
      WHEN 'refund' THEN "amount" > 0
      ELSE false
    END
  ),
  ADD CONSTRAINT "credit_transactions_balance_not_negative" CHECK ("balance_after" >= 0);

ALTER TABLE "holds"
  ADD CONSTRAINT "holds_amount_positive" CHECK ("amount" >= 1),
  ADD CONSTRAINT "holds_capture_within_amount" CHECK ("captured_amount" BETWEEN 0 AND "amount"),
  ADD CONSTRAINT "holds_status_known" CHECK ("status" IN ('open', 'captured', 'released', 'expired')),
  ADD CONSTRAINT "holds_resolved_when_ended" CHECK (("status" = 'open') = ("resolved_at" IS NULL)),
  ADD CONSTRAINT "holds_only_captures_charge" CHECK ("captured_amount" = 0 OR "status" = 'captured');

ALTER TABLE "projects"
  ADD CONSTRAINT "projects_size_is_the_contents" CHECK ("size_bytes" = octet_length("content")),
  ADD CONSTRAINT "projects_version_positive" CHECK ("version" >= 1);

-- The ledger is append-only. The one exception is erase_person below, which may blank words and exchange the id.
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('penora.erasing', true) = OLD.user_id
     AND (NEW.id, NEW.app_name, NEW.amount, NEW.transaction_type, NEW.balance_after, NEW.created_at)
         IS NOT DISTINCT FROM
         (OLD.id, OLD.app_name, OLD.amount, OLD.transaction_type, OLD.balance_after, OLD.created_at)
     AND (NEW.credits_after, NEW.user_version, NEW.reference, NEW.campaign, NEW.api_key_id, NEW.hold_id, NEW.generation_id)
         IS NOT DISTINCT FROM
         (OLD.credits_after, OLD.user_version, OLD.reference, OLD.campaign, OLD.api_key_id, OLD.hold_id, OLD.generation_id)
     AND NEW.description = '' AND NEW.metadata IS NULL AND NEW.project_code IS NULL
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER credit_transactions_immutable BEFORE UPDATE OR DELETE ON "credit_transactions"
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER credit_transactions_no_truncate BEFORE TRUNCATE ON "credit_transactions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- A statement that began before somebody was erased does not see that they were, and would welcome them again. This looks
-- when the row is there; 40001 makes the statement run again, with open eyes.
CREATE FUNCTION refuse_second_welcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM erased_people WHERE id_hash = sha256(convert_to(NEW.id, 'UTF8'))) THEN
    RAISE EXCEPTION 'this person was erased meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER users_no_second_welcome AFTER INSERT ON "users"
  FOR EACH ROW WHEN (NEW.credits > 0) EXECUTE FUNCTION refuse_second_welcome();

-- Erases a person: everything of theirs goes, the ledger keeps amounts, types, apps and times under a random id.
-- Answers that id, or null where there was nobody. A hash of the old id prevents a second welcome.
CREATE FUNCTION erase_person(person text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  stranger text := 'erased_' || gen_random_uuid();
BEGIN
  PERFORM 1 FROM users WHERE id = person FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO erased_people (id_hash) VALUES (sha256(convert_to(person, 'UTF8'))) ON CONFLICT DO NOTHING;
  PERFORM set_config('penora.erasing', person, true);
  UPDATE credit_transactions SET user_id = stranger, description = '', metadata = NULL, project_code = NULL
    WHERE user_id = person;
  PERFORM set_config('penora.erasing', '', true);
  UPDATE app_usage SET user_id = stranger, details = NULL WHERE user_id = person;
  DELETE FROM idempotency_keys WHERE user_id = person OR scope = 'user:' || person;
  DELETE FROM users WHERE id = person;
  RETURN stranger;
END $$;
