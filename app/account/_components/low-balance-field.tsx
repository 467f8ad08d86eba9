"use client";

import { type FormEvent, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { callApi } from "@/lib/client/call-api";
import { tellThreshold } from "@/lib/client/low-balance";
import { lowBalanceThreshold, updateMyUser } from "@/lib/contract/low-balance";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { toast } from "@/lib/ui/toast-store";

const BOUNDS = "A whole number from 0 to 1,000,000.";

/** At which balance the person is told that it is low. */
export function LowBalanceField({ userId, threshold }: { userId: string; threshold: number }) {
  const [value, setValue] = useState(String(threshold));
  const [saved, setSaved] = useState(threshold);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    const chosen = lowBalanceThreshold.safeParse(/^\d+$/.test(value.trim()) ? Number(value) : null);
    if (!chosen.success) return setProblem(BOUNDS);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await callApi(updateMyUser, { low_balance_threshold: chosen.data }, { userId });
      setSaved(answer.low_balance_threshold);
      setValue(String(answer.low_balance_threshold));
      tellThreshold(answer.low_balance_threshold);
      toast("Saved", { tone: "good", id: "low-balance" });
    } catch (error) {
      const { title, description } = describeFailure(error);
      setProblem(`${title}. ${description}`);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Field
        label="Tell me when few coins are left"
        hint={
          saved === 0
            ? "Pages tell you when none is left."
            : `Pages tell you when you have ${coinsInWords(saved)} or fewer to spend.`
        }
        error={problem}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              name="low_balance_threshold"
              inputMode="numeric"
              autoComplete="off"
              maxLength={9}
              className="max-w-28 tabular-nums"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
            <Button type="submit" busy={busy} className="min-h-10">
              Save
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
