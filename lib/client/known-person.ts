const STORED_AS = "penora:person";
const STORED_TOKEN = "auth_token";

/** Notes who this browser's pages are made for. Answers true where it was somebody else before. */
export function notePerson(userId: string): boolean {
  try {
    const before = localStorage.getItem(STORED_AS);
    if (before !== userId) localStorage.setItem(STORED_AS, userId);
    return before !== null && before !== userId;
  } catch {
    return false; // a browser that keeps nothing has nobody to compare with
  }
}

/** Signing out is no change of person. */
export function forgetPerson(): void {
  try {
    localStorage.removeItem(STORED_AS);
    sessionStorage.removeItem(STORED_TOKEN);
  } catch {
    // Nothing was kept.
  }
}

/** The token that the hub's older pages leave in `sessionStorage`, taken away from there: it is tried once. */
export function takeStoredToken(): string | null {
  try {
    const token = sessionStorage.getItem(STORED_TOKEN);
    if (token !== null) sessionStorage.removeItem(STORED_TOKEN);
    return token;
  } catch {
    return null;
  }
}
