"use client";

import { usePathname } from "next/navigation";
import { classNames } from "@/lib/ui/class-names";

const ways = [
  { href: "/single-prompt", label: "Write" },
  { href: "/story-generator", label: "Story" },
  { href: "/writing-tools", label: "Tools" },
  { href: "/workspace", label: "Workspace" },
  { href: "/account", label: "Account" },
];

/** The ways through the site. Plain links: a prefetch would follow a guest's redirect to another origin. */
export function HeaderNav() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="-mx-4 border-t border-line px-4 sm:mx-0 sm:border-0 sm:px-0">
      <ul className="flex justify-between text-[0.9375rem] sm:justify-start sm:gap-6">
        {ways.map(({ href, label }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <a
                href={href}
                aria-current={path === href ? "page" : here ? "true" : undefined}
                className={classNames(
                  "-mb-px flex h-11 items-center border-b-2 font-medium focus-visible:-outline-offset-4 sm:h-15",
                  here ? "border-accent text-ink" : "border-transparent text-soft hover:text-ink",
                )}
              >
                {label}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
