/** A result together with `Set-Cookie` values: how the sessions room hands a cookie to the hallway. */
export class WithCookies<T> {
  constructor(
    readonly result: T,
    readonly cookies: readonly string[],
  ) {}
}
