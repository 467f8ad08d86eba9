import type { SaveState } from "@/lib/client/autosave";

/** The word beside the text that says whether it is saved. */
export function saveWord({ kind }: SaveState): string {
  switch (kind) {
    case "saved":
      return "Saved";
    case "saving":
      return "Saving…";
    case "unsaved":
      return "Not saved yet";
    case "offline":
      return "Not saved yet: offline";
    case "full":
      return "Not saved: no room";
    case "signed-out":
      return "Not saved: signed out";
    case "stranger":
      return "Not saved: somebody else is signed in";
    case "gone":
      return "Not saved: deleted";
    case "conflict":
      return "Not saved: two versions";
    case "failed":
      return "Not saved";
  }
}

export interface SaveProblem {
  readonly title: string;
  readonly description: string;
}

const KEPT = "Your words stay on this page and are kept in this browser.";

/** What stands in the way of saving, and what to do; null where nothing does. A conflict has a view of its own. */
export function saveProblem(state: SaveState): SaveProblem | null {
  switch (state.kind) {
    case "offline":
      return {
        title: "Penora can’t be reached",
        description: `${KEPT} They are saved as soon as the connection is back.`,
      };
    case "full":
      return {
        title: "Your workspace is full",
        description: `${KEPT} Delete something in the workspace, or shorten this text, and try again.`,
      };
    case "signed-out":
      return { title: "You are signed out", description: `${KEPT} Sign in again, and they are saved.` };
    case "stranger":
      return {
        title: `${state.name} is signed in now`,
        description: `Nothing was changed. ${KEPT} They are saved when you are signed in again.`,
      };
    case "gone":
      return { title: "This text was deleted", description: `${KEPT} Bring it back, and they are saved.` };
    case "failed":
      return { title: "Saving did not work", description: `${state.message} ${KEPT}` };
    default:
      return null;
  }
}
