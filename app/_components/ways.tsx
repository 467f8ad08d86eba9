import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";

export type Way = { href: string; title: string; text: ReactNode };

/** Ways on from here, one below the other; the whole row is the link. */
export function Ways({ label, ways }: { label: string; ways: readonly Way[] }) {
  return (
    <nav aria-label={label}>
      <ul className="border-b border-line">
        {ways.map(({ href, title, text }) => (
          <li key={href} className="border-t border-line">
            <a href={href} className="group flex items-center gap-6 py-5">
              <span className="min-w-0 flex-1 sm:grid sm:grid-cols-[12rem_1fr] sm:items-baseline sm:gap-6">
                <span className="block font-serif text-[1.375rem] leading-snug font-semibold tracking-[-0.01em] decoration-accent decoration-1 underline-offset-4 group-hover:underline">
                  {title}
                </span>
                <span className="block text-[0.9375rem] text-soft">{text}</span>
              </span>
              <ArrowRight
                aria-hidden="true"
                className="size-5 shrink-0 text-faint transition-transform group-hover:translate-x-1 group-hover:text-accent"
              />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
