import { classNames } from "./class-names";

/** Text that somebody wrote, as text: a blank line parts paragraphs, a line break stays. Never read as HTML. */
export function WrittenText({ text, className }: { text: string; className?: string }) {
  return (
    <div className={classNames("written", className)}>
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph, index) => (
          <p key={index} className="mb-[0.9em] whitespace-pre-wrap last:mb-0">
            {paragraph.replace(/^\n+|\n+$/g, "")}
          </p>
        ))}
    </div>
  );
}
