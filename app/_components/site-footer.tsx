import { BrandMark } from "./brand";
import { ThemeSwitch } from "./theme-switch";

/** What stands below every page. */
export function SiteFooter() {
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-wide flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-7 text-sm text-faint sm:px-6">
        <p className="flex items-center gap-2.5">
          <BrandMark className="h-4.5" />
          Penora writes with you. Part of sukusuku.ai.
        </p>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <a href="/docs" className="link">
            For developers
          </a>
          <ThemeSwitch />
        </div>
      </div>
    </footer>
  );
}
