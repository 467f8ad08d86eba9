import { WrittenText } from "@/lib/ui/written-text";

/** The beginning of a text is enough to look at for the moment until the editor is there. */
const FIRST_CHARACTERS = 4_000;

/** A text as it looks before its editor has come: to be read at once, and nothing jumps when the tools come. */
export function TextBeginning({ content }: { content: string }) {
  const cut = content.length > FIRST_CHARACTERS ? content.lastIndexOf(" ", FIRST_CHARACTERS) : content.length;
  return (
    <>
      <div className="mt-5 h-12.5 border-y border-line" />
      <WrittenText text={content.slice(0, cut > 0 ? cut : FIRST_CHARACTERS)} className="mt-6" />
    </>
  );
}
