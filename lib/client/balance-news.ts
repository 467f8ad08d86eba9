/** What a part of a page knows of the balance. */
export interface BalanceNews {
  readonly credits: number;
  readonly heldCredits?: number;
  /** The version that these numbers are of: what is older than what the page shows is passed over. */
  readonly userVersion?: number;
}

/** What an answer of the API says of the balance. */
export function newsOf(answer: {
  credits: number;
  held_credits?: number;
  user_version?: number;
}): BalanceNews {
  const { credits, held_credits: heldCredits, user_version: userVersion } = answer;
  return {
    credits,
    ...(heldCredits === undefined ? {} : { heldCredits }),
    ...(userVersion === undefined ? {} : { userVersion }),
  };
}

const BALANCE_EVENT = "penora:balance";

/** Tells every part of the page what the person has now. */
export function tellBalance(news: BalanceNews): void {
  window.dispatchEvent(new CustomEvent<BalanceNews>(BALANCE_EVENT, { detail: news }));
}

/** Calls `hear` with whatever a part of the page tells. Answers how to stop that. */
export function hearBalance(hear: (news: BalanceNews) => void): () => void {
  const told = (event: Event) => hear((event as CustomEvent<BalanceNews>).detail);
  window.addEventListener(BALANCE_EVENT, told);
  return () => window.removeEventListener(BALANCE_EVENT, told);
}

/** What is shown, with the news: the same object where they change nothing or are older. */
export function withNews<B extends Required<BalanceNews>>(shown: B, news: BalanceNews): B {
  const { credits, heldCredits = shown.heldCredits, userVersion = shown.userVersion } = news;
  if (userVersion < shown.userVersion) return shown;
  const same =
    credits === shown.credits && heldCredits === shown.heldCredits && userVersion === shown.userVersion;
  return same ? shown : { ...shown, credits, heldCredits, userVersion };
}
