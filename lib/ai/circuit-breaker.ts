import "server-only";

/**
 * Keeps callers from queueing at a model that is down: after `threshold` failures in a row nobody is let
 * through for `openMs`, then one trial at a time, until one succeeds.
 */
export class CircuitBreaker {
  #failures = 0;
  #opensAt = 0;
  #trial = false;

  constructor(
    private readonly threshold = 5,
    private readonly openMs = 30_000,
    private readonly now: () => number = Date.now,
  ) {}

  /** Asks to pass. Whoever is let through reports once, with `succeeded`, `failed` or `left`. */
  enter(): boolean {
    if (this.#failures < this.threshold) return true;
    if (this.#trial || this.now() < this.#opensAt) return false;
    this.#trial = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#trial = false;
  }

  failed(): void {
    this.#failures += 1;
    this.#trial = false;
    if (this.#failures >= this.threshold) this.#opensAt = this.now() + this.openMs;
  }

  /** Neither: the caller went away, or the answer says nothing about the server's health. */
  left(): void {
    this.#trial = false;
  }
}

const breakers = new Map<string, CircuitBreaker>();

/**
 * The breaker that everybody in this process shares for one model of a server. Not for the server: a model that is down must not
 * keep anybody from the one that stands in for it.
 */
export function breakerOf(baseUrl: string, model: string): CircuitBreaker {
  const name = `${baseUrl} ${model}`;
  const breaker = breakers.get(name) ?? new CircuitBreaker();
  breakers.set(name, breaker);
  return breaker;
}
