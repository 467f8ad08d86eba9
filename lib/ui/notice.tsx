import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type NoticeTone = "info" | "good" | "warn" | "error";

const looks = {
  info: { box: "border-line bg-sheet", icon: "text-soft", Icon: Info },
  good: { box: "border-good/40 bg-good-wash", icon: "text-good", Icon: CircleCheck },
  warn: { box: "border-warn/40 bg-warn-wash", icon: "text-warn", Icon: TriangleAlert },
  error: { box: "border-accent/40 bg-accent-wash", icon: "text-accent", Icon: CircleAlert },
};

export type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** "alert" interrupts a screen reader, "status" waits; leave out what was there when the page came. */
  role?: "alert" | "status";
  className?: string;
};

/** Something that has to be said, in the place that it is about. */
export function Notice({ tone = "info", title, children, actions, role, className }: NoticeProps) {
  const { box, icon, Icon } = looks[tone];
  return (
    <div
      role={role}
      className={classNames("flex gap-3 rounded-md border px-4 py-3 text-sm text-ink", box, className)}
    >
      <Icon aria-hidden="true" className={classNames("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-soft">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
