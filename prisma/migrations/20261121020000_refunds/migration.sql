-- CreateTable
CREATE TABLE "refund_totals" (
    "transaction_id" BIGINT NOT NULL,
    "original" BIGINT NOT NULL,
    "refunded" BIGINT NOT NULL,
    "latest" BIGINT NOT NULL,

    CONSTRAINT "refund_totals_pkey" PRIMARY KEY ("transaction_id")
);

-- AddForeignKey
ALTER TABLE "refund_totals" ADD CONSTRAINT "refund_totals_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "credit_transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema can't say: the constraint behind the rule.

ALTER TABLE "refund_totals"
  ADD CONSTRAINT "refund_totals_within_original" CHECK ("refunded" <= "original"),
  ADD CONSTRAINT "refund_totals_latest_is_part" CHECK ("latest" BETWEEN 1 AND "refunded");
