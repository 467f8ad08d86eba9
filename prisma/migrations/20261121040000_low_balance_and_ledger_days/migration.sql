-- AlterTable
ALTER TABLE "users" ADD COLUMN     "low_balance_threshold" INTEGER NOT NULL DEFAULT 5;

-- CreateTable
CREATE TABLE "ledger_folds" (
    "user_id" TEXT NOT NULL,
    "up_to" BIGINT NOT NULL,
    "before" BIGINT NOT NULL,

    CONSTRAINT "ledger_folds_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "ledger_days" (
    "user_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "app_name" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,
    "credits_used" BIGINT NOT NULL,

    CONSTRAINT "ledger_days_pkey" PRIMARY KEY ("user_id","day","app_name")
);

-- AddForeignKey
ALTER TABLE "ledger_folds" ADD CONSTRAINT "ledger_folds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema can't say.
ALTER TABLE "users" ADD CONSTRAINT "users_low_balance_threshold_within_bounds" CHECK ("low_balance_threshold" BETWEEN 0 AND 1000000);
