-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "rate_burst" INTEGER DEFAULT 5000,
ADD COLUMN     "rate_per_second" INTEGER DEFAULT 1000;

-- CreateTable
CREATE TABLE "key_budgets" (
    "api_key_id" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "filled_at" TIMESTAMPTZ(6) NOT NULL,
    "holders" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "key_budgets_pkey" PRIMARY KEY ("api_key_id")
);

-- CreateTable
CREATE TABLE "operator_actions" (
    "id" BIGSERIAL NOT NULL,
    "who" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_actions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "operator_actions_subject_id_idx" ON "operator_actions"("subject", "id" DESC);

-- What the schema can't say.

ALTER TABLE "api_keys"
  ADD CONSTRAINT "api_keys_rate_is_whole" CHECK (
    CASE WHEN "rate_per_second" IS NULL THEN "rate_burst" IS NULL
      ELSE "rate_burst" IS NOT NULL AND 1 <= "rate_per_second" AND "rate_per_second" <= "rate_burst" END
  );

-- Counts of the running second: after a crash of the database every key begins with a full burst. No WAL, no fsync.
ALTER TABLE "key_budgets" SET UNLOGGED;

ALTER TABLE "operator_actions"
  ADD CONSTRAINT "operator_actions_say_who" CHECK (char_length("who") BETWEEN 1 AND 200);

-- What operators did is append-only. The one exception: where a person is erased, the rows about them lose their id and
-- every word that was written about them; who did what, when, and with what amount stays.
CREATE FUNCTION refuse_operator_action_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('penora.forgetting', true) = OLD.subject
     AND (NEW.id, NEW.who, NEW.command, NEW.result, NEW.created_at)
         IS NOT DISTINCT FROM (OLD.id, OLD.who, OLD.command, OLD.result, OLD.created_at)
     AND NEW.details = OLD.details - 'reference' AND NEW.subject = 'erased' AND NEW.reason = ''
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what operators did is append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER operator_actions_immutable BEFORE UPDATE OR DELETE ON "operator_actions"
  FOR EACH ROW EXECUTE FUNCTION refuse_operator_action_change();
CREATE TRIGGER operator_actions_no_truncate BEFORE TRUNCATE ON "operator_actions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_operator_action_change();

CREATE FUNCTION forget_operator_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('penora.forgetting', OLD.id, true);
  UPDATE operator_actions SET subject = 'erased', reason = '', details = details - 'reference'
    WHERE subject = OLD.id AND command LIKE 'credits %';
  PERFORM set_config('penora.forgetting', '', true);
  RETURN NULL;
END $$;

CREATE TRIGGER users_forget_operator_words AFTER DELETE ON "users"
  FOR EACH ROW EXECUTE FUNCTION forget_operator_words();
