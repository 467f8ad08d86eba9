-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "kept_at" TIMESTAMPTZ(3),
ADD COLUMN     "kept_before" TEXT,
ADD COLUMN     "kept_number" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "project_versions" (
    "project_code" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "word_count" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "before_app" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_versions_pkey" PRIMARY KEY ("project_code","number")
);

-- CreateIndex
CREATE INDEX "project_versions_user_id_created_at_idx" ON "project_versions"("user_id", "created_at");

-- AddForeignKey
ALTER TABLE "project_versions" ADD CONSTRAINT "project_versions_project_code_fkey" FOREIGN KEY ("project_code") REFERENCES "projects"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say: the constraint behind every rule.

ALTER TABLE "project_versions"
  ADD CONSTRAINT "project_versions_size_is_the_contents" CHECK ("size_bytes" = octet_length("content")),
  ADD CONSTRAINT "project_versions_number_positive" CHECK ("number" >= 1),
  ADD CONSTRAINT "project_versions_reason_known" CHECK ("reason" IN ('checkpoint', 'restore', 'conflict'));

-- What is kept beside a person's megabyte: at most 20 versions of a project, and at most 5 MB of versions and bin
-- together, the oldest go first. Whoever keeps something has locked the person's row, and each statement in here begins
-- behind that lock: it sees all that was kept before.
CREATE FUNCTION trim_kept(person text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM project_versions v USING (
    SELECT project_code, number, row_number() OVER (PARTITION BY project_code ORDER BY number DESC) AS nth
    FROM project_versions WHERE user_id = person
  ) ranked
  WHERE v.project_code = ranked.project_code AND v.number = ranked.number AND ranked.nth > 20;

  WITH kept AS (
    SELECT project_code AS code, number, size_bytes, created_at AS at FROM project_versions WHERE user_id = person
    UNION ALL
    SELECT code, NULL, size_bytes, deleted_at FROM projects WHERE user_id = person AND deleted_at IS NOT NULL
  ),
  running AS (
    SELECT code, number, sum(size_bytes) OVER (ORDER BY at DESC, code DESC, number DESC NULLS FIRST) AS bytes FROM kept
  ),
  gone AS (SELECT code, number FROM running WHERE bytes > 5242880),
  versions_gone AS (
    DELETE FROM project_versions v USING gone WHERE v.project_code = gone.code AND v.number = gone.number
  )
  DELETE FROM projects p USING gone
  WHERE p.code = gone.code AND gone.number IS NULL AND p.user_id = person AND p.deleted_at IS NOT NULL;
END $$;

CREATE FUNCTION trim_kept_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM trim_kept(NEW.user_id);
  RETURN NULL;
END $$;

CREATE TRIGGER project_versions_trim AFTER INSERT ON "project_versions"
  FOR EACH ROW EXECUTE FUNCTION trim_kept_of_row();
CREATE TRIGGER projects_trim_bin AFTER UPDATE OF "deleted_at" ON "projects"
  FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION trim_kept_of_row();
