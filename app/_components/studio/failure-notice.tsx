import { Notice } from "@/lib/ui/notice";
import type { Failure } from "./failure-words";
import { WayOut } from "./way-out";

/** What did not work, what became of the coins, and what to do. Said at once to those who can't see it. */
export function FailureNotice({
  failure: { title, description, topup, workspace },
  topupUrl,
  className,
}: {
  failure: Failure;
  topupUrl: string;
  className?: string;
}) {
  return (
    <Notice tone="error" role="alert" title={title} {...(className ? { className } : {})}>
      {description} {topup ? <WayOut kind="coins" topupUrl={topupUrl} /> : null}
      {workspace ? <WayOut kind="room" topupUrl={topupUrl} /> : null}
    </Notice>
  );
}
