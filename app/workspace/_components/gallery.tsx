import { pictureAddress } from "@/lib/contract/picture-reference";
import type { Project } from "@/lib/contract/workspace";
import { dayInWords, shownTitle } from "../../_components/in-words";
import { SelectBox } from "./selection";

/** Pictures as pictures. */
export function Gallery({ pictures }: { pictures: readonly Project[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-4">
      {pictures.map(({ code, title, created_at: made }) => (
        <li key={code}>
          <a href={`/workspace/${code}`} className="group block rounded-md">
            <img
              src={pictureAddress(code)}
              alt=""
              loading="lazy"
              decoding="async"
              referrerPolicy="no-referrer"
              className="aspect-square w-full rounded-sm border border-line bg-well object-cover group-hover:border-ink"
            />
            <span className="mt-2 block truncate font-serif text-[1.0625rem] decoration-accent underline-offset-4 group-hover:underline">
              {shownTitle(title)}
            </span>
          </a>
          <span className="mt-0.5 flex items-center gap-2 text-[0.8125rem] text-faint">
            <SelectBox code={code} title={shownTitle(title)} />
            <time dateTime={made}>{dayInWords(made)}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}
