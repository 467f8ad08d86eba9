import { Download, ExternalLink } from "lucide-react";
import { DOWNLOAD_FORMATS } from "@/lib/contract/my-workspace";
import { isPictureType, readPicture } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { ButtonLink } from "@/lib/ui/button-link";

const names = { txt: "TXT", md: "Markdown" } as const;

/** Plain links to files. A picture that lives elsewhere is opened there, for our server fetches nothing. */
export function Downloads({ project }: { project: Project }) {
  const href = `/api/me/projects/${project.code}/download`;
  const picture = isPictureType(project.project_type) ? readPicture(project.content ?? "") : null;
  if (picture?.kind === "address") {
    return (
      <ButtonLink href={picture.url} target="_blank" rel="noopener noreferrer nofollow" size="sm">
        <ExternalLink aria-hidden="true" /> Open the picture
        <span className="sr-only">(in a new tab)</span>
      </ButtonLink>
    );
  }
  if (picture !== null) {
    return (
      <ButtonLink href={href} download size="sm">
        <Download aria-hidden="true" /> Download picture
      </ButtonLink>
    );
  }
  return (
    <>
      {DOWNLOAD_FORMATS.map((format) => (
        <ButtonLink key={format} href={`${href}?format=${format}`} download size="sm">
          <Download aria-hidden="true" /> <span className="sr-only">Download as </span>
          {names[format]}
        </ButtonLink>
      ))}
    </>
  );
}
