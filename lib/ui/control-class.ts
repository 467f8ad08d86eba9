/** The look of what one types into or chooses from. */
export const controlClass =
  "block w-full min-w-0 rounded-md border border-edge bg-sheet text-ink transition-colors duration-100 " +
  "hover:border-soft focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 " +
  "aria-invalid:border-accent disabled:cursor-not-allowed disabled:border-line disabled:bg-well disabled:text-faint";
