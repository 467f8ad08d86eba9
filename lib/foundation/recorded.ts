/**
 * The result of a command, as the database recorded it: the first time and every time after.
 * The hallway makes `timestamp` and `Idempotent-Replayed` of it.
 */
export class Recorded<T> {
  constructor(
    readonly result: T,
    /** When the effect happened: the `timestamp` of the first answer. */
    readonly at: Date,
    readonly replayed: boolean,
  ) {}

  map<U>(change: (result: T) => U): Recorded<U> {
    return new Recorded(change(this.result), this.at, this.replayed);
  }
}
