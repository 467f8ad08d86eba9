import { type DeclaredOperation, OPERATIONS } from "./operations";

/** Doors that only our own pages ask, and links that people open. They change with the pages; nobody is promised them. */
const OWN_DOORS = ["/api/me/", "/api/session", "/api/demo/", "/api/export-links/", "/api/shares/"] as const;
type OwnDoor = { readonly path: `${(typeof OWN_DOORS)[number]}${string}` };

/** What other programs may rely on: the unified API, and its neighbours in the contract's section 5. */
export type PublicOperation = Exclude<DeclaredOperation, OwnDoor>;
export type PublicOperationId = PublicOperation["id"];

export const PUBLIC_OPERATIONS = OPERATIONS.filter(
  ({ path }) => !OWN_DOORS.some((own) => path.startsWith(own)),
);
