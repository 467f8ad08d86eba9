import type { Obstacle } from "./price-words";

/** What to do about what is in the way. The top-up page is another site, so that the work here stays open. */
export function WayOut({ kind, topupUrl }: { kind: Obstacle["kind"]; topupUrl: string }) {
  switch (kind) {
    case "coins":
      return (
        <a className="link" href={topupUrl} target="_blank" rel="noopener">
          Get more KU Coins<span className="sr-only"> (in a new tab)</span>
        </a>
      );
    case "room":
      return (
        <a className="link" href="/workspace" target="_blank">
          Make room in the workspace<span className="sr-only"> (in a new tab)</span>
        </a>
      );
    case "form":
      return null;
  }
}
