import type { ReactNode } from "react";
import { classNames } from "@/lib/ui/class-names";
import { KeyMap } from "./key-map";
import { SessionBridge } from "./session-bridge";
import { SiteFooter } from "./site-footer";
import { SiteHeader } from "./site-header";
import { SkipLink } from "./skip-link";
import { signInUrl, type Viewer } from "./viewer";

const widths = { prose: "max-w-prose", form: "max-w-form", wide: "max-w-wide" };

export type PageShellProps = {
  viewer: Viewer | null;
  /** The page's one `h1`; a page that sets its own leaves it out. */
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons and links at the right of the title. */
  actions?: ReactNode;
  /** A title that a person wrote is set like what they wrote. */
  titleIsWritten?: boolean;
  width?: keyof typeof widths;
  /** For a page whose parts reach from edge to edge: no width, no padding. */
  bare?: boolean;
  /** Where signing in leads back to; a path of our own. */
  returnTo?: string;
  children: ReactNode;
};

/** The frame of a page: skip link, header, main with its title, footer. */
export function PageShell({
  viewer,
  title,
  description,
  actions,
  titleIsWritten,
  width = "wide",
  bare,
  returnTo,
  children,
}: PageShellProps) {
  return (
    <div className="flex min-h-dvh flex-col bg-paper text-ink">
      <SkipLink />
      <SessionBridge userId={viewer?.userId ?? null} username={viewer?.username ?? null} />
      <SiteHeader viewer={viewer} loginUrl={signInUrl(returnTo)} />
      <main
        id="main"
        tabIndex={-1}
        className={classNames(
          "w-full flex-1",
          !bare && "mx-auto px-4 pt-8 pb-20 sm:px-6 sm:pt-12",
          !bare && widths[width],
        )}
      >
        {title ? (
          <div className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
            <div className="min-w-0">
              <h1
                className={classNames(
                  "break-words",
                  titleIsWritten
                    ? "font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] sm:text-4xl"
                    : "text-2xl leading-tight font-semibold tracking-[-0.02em] sm:text-[1.75rem]",
                )}
              >
                {title}
              </h1>
              {description ? (
                <div className="mt-2 max-w-prose text-[0.9375rem] text-soft">{description}</div>
              ) : null}
            </div>
            {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
          </div>
        ) : null}
        {children}
      </main>
      <SiteFooter />
      <KeyMap signedIn={viewer !== null} />
    </div>
  );
}
