import { type DeclaredOperation, OPERATIONS } from "./operations";

/** Doors that only our own pages ask change with the pages; nobody is promised anything about them. */
type PageDoor = { readonly path: `/api/me/${string}` | `/api/demo/${string}` | `/api/session${string}` };
const PAGE_DOOR = /^\/api\/(me|demo|session)(\/|$)/;

/** What other programs may rely on: the unified API, and its neighbours in the contract's section 5. */
export type PublicOperation = Exclude<DeclaredOperation, PageDoor>;
export type PublicOperationId = PublicOperation["id"];

export const PUBLIC_OPERATIONS = OPERATIONS.filter(({ path }) => !PAGE_DOOR.test(path));
