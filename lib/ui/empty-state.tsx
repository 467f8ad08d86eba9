import type { ReactNode } from "react";

export type EmptyStateProps = {
  title: ReactNode;
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
};

/** Nothing here yet: says why, and what to do. */
export function EmptyState({ title, children, icon, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-line px-6 py-14 text-center">
      {icon ? <div className="mb-4 text-faint [&_svg]:size-7 [&_svg]:stroke-[1.25]">{icon}</div> : null}
      <p className="font-serif text-xl text-ink">{title}</p>
      {children ? <div className="mt-1.5 max-w-md text-sm text-soft">{children}</div> : null}
      {action ? <div className="mt-6">{action}</div> : null}
    </div>
  );
}
