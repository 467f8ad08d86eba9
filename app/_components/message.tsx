import type { ReactNode } from "react";

export type MessageProps = { mark: string; title: string; children: ReactNode; actions?: ReactNode };

/** A page that has one thing to say. The mark is set large and pale, for eyes only. */
export function Message({ mark, title, children, actions }: MessageProps) {
  return (
    <div className="grid gap-x-12 gap-y-6 pt-6 sm:pt-14 md:grid-cols-[auto_1fr]">
      <p
        aria-hidden="true"
        className="font-serif text-[5.5rem] leading-[0.8] font-light tracking-[-0.04em] text-accent select-none sm:text-[7.5rem]"
      >
        {mark}
      </p>
      <div className="max-w-[34rem]">
        <h1 className="font-serif text-3xl leading-tight font-medium tracking-[-0.015em] sm:text-4xl">
          {title}
        </h1>
        <div className="mt-4 space-y-3 text-base leading-relaxed text-soft">{children}</div>
        {actions ? <div className="mt-8 flex flex-wrap items-center gap-3">{actions}</div> : null}
      </div>
    </div>
  );
}
