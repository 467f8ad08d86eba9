import { areaHref, callHref, shapeHref, shortPath } from "./addresses";
import type { IndexGroup } from "./page-index";
import { readReference, readShapes } from "./read-reference";
import { RULES } from "./rules";

/** What the pages of the reference have, each page the whole of it: one finds a call from everywhere. */
export function referenceIndex(): IndexGroup[] {
  return [
    {
      title: "For every call",
      entries: RULES.map(({ id, title }) => ({ href: `/docs#${id}`, label: title })),
    },
    ...readReference().map(({ area, title, operations }) => ({
      title,
      href: areaHref(area),
      entries: operations.map((operation) => ({
        href: callHref(operation),
        label: shortPath(operation),
        method: operation.method,
        words: `${operation.id} ${operation.summary} ${operation.path}`,
      })),
    })),
    {
      title: "Shapes",
      entries: readShapes().map(({ name }) => ({ href: shapeHref(name), label: name })),
    },
  ];
}
