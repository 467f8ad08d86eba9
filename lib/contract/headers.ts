/** The page sends the id that it was made for, so that a change of person never writes into the wrong workspace. */
export const PAGE_USER_HEADER = "X-Penora-User";
