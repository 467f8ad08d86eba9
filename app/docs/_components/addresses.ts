import type { Operation } from "@/lib/contract/operation";
import { aboutOf, type Area } from "@/lib/contract/reference/about";

/** Where the calls of an area are told of. */
export const areaHref = (area: Area) => `/docs/${area}`;

/** Where a call is told of. */
export const callHref = (operation: Operation) => `${areaHref(aboutOf(operation).area)}#${operation.id}`;

/** Where a shape is told of. */
export const shapeHref = (name: string) => `/docs/shapes#${name}`;

/** The part of its path by which one knows a call. */
export const shortPath = ({ path }: Operation) => path.replace(/^\/api\/(unified\/)?/, "");
