import { isPictureType, pictureSource } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { Notice } from "@/lib/ui/notice";
import { WrittenText } from "@/lib/ui/written-text";
import { shownTitle } from "../../../_components/in-words";

/** A text as text and a picture as a picture; what its app calls a picture and is none is shown as the text it is. */
export function ProjectContent({ project }: { project: Project }) {
  const content = project.content ?? "";
  if (!isPictureType(project.project_type)) return <WrittenText text={content} />;
  const source = pictureSource(content);
  if (source === null) {
    return (
      <>
        <Notice tone="warn" title="This picture can’t be shown" className="mb-5">
          What was saved is no PNG, JPEG, WebP or GIF.
        </Notice>
        <WrittenText text={content} />
      </>
    );
  }
  return (
    // A plain <img>: the picture lives on somebody else's server, and ours must not fetch it.
    <img
      src={source}
      alt={shownTitle(project.title)}
      referrerPolicy="no-referrer"
      decoding="async"
      className="mx-auto h-auto max-h-[80dvh] max-w-full rounded-sm border border-line bg-well"
    />
  );
}
