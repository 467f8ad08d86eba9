-- CreateTable
CREATE TABLE "project_shares" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" TEXT NOT NULL,
    "project_code" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_shares_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "project_shares_token_key" ON "project_shares"("token");

-- CreateIndex
CREATE INDEX "project_shares_user_id_project_code_idx" ON "project_shares"("user_id", "project_code");

-- CreateIndex
CREATE INDEX "project_shares_project_code_idx" ON "project_shares"("project_code");

-- AddForeignKey
ALTER TABLE "project_shares" ADD CONSTRAINT "project_shares_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_shares" ADD CONSTRAINT "project_shares_project_code_fkey" FOREIGN KEY ("project_code") REFERENCES "projects"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say: the constraint behind the rule.

ALTER TABLE "project_shares"
  ADD CONSTRAINT "project_shares_token_is_long" CHECK (length("token") >= 32),
  ADD CONSTRAINT "project_shares_expire_later" CHECK ("expires_at" > "created_at");
