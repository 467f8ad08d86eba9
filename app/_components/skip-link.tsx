/** The first stop of the Tab key: past the header, to what the page is about. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-3 left-3 z-50 -translate-y-20 rounded-md border border-ink bg-sheet px-4 py-2 text-sm font-medium focus:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
