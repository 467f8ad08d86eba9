"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { ApiError, describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { deleteMyProject, restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { toast } from "@/lib/ui/toast-store";
import { countInWords } from "../../_components/in-words";
import { BinBar } from "../bin/_components/bin-bar";
import { ExportAll } from "./export-all";

interface Chosen {
  readonly codes: ReadonlySet<string>;
  readonly toggle: (code: string) => void;
}

const Selection = createContext<Chosen | null>(null);

interface SelectionScopeProps {
  all: readonly string[];
  /** Where they lie decides what can be done with them. */
  place?: "workspace" | "bin";
  children: ReactNode;
}

/** Lets projects be chosen, and done something with together. */
export function SelectionScope({ all, place = "workspace", children }: SelectionScopeProps) {
  const [codes, setCodes] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(
    () => ({
      codes,
      toggle: (code: string) =>
        setCodes((now) =>
          now.has(code) ? new Set([...now].filter((one) => one !== code)) : new Set([...now, code]),
        ),
    }),
    [codes],
  );
  const here = all.filter((code) => codes.has(code));
  return (
    <Selection value={chosen}>
      {children}
      {here.length === 0 ? null : (
        <SelectionBar
          codes={here}
          whole={here.length === all.length}
          onAll={() => setCodes(new Set(all))}
          onNone={() => setCodes(new Set())}
        >
          {place === "bin" ? (
            <BinBar codes={here} onNone={() => setCodes(new Set())} />
          ) : (
            <WorkspaceBar codes={here} onNone={() => setCodes(new Set())} />
          )}
        </SelectionBar>
      )}
    </Selection>
  );
}

/** The box that chooses a project. */
export function SelectBox({ code, title }: { code: string; title: string }) {
  const chosen = use(Selection);
  if (chosen === null) return null;
  return (
    <input
      type="checkbox"
      aria-label={`Select “${title}”`}
      checked={chosen.codes.has(code)}
      onChange={() => chosen.toggle(code)}
      className="size-4 shrink-0 translate-y-0.5 accent-accent-fill"
    />
  );
}

type SelectionBarProps = {
  codes: readonly string[];
  whole: boolean;
  onAll: () => void;
  onNone: () => void;
  children: ReactNode;
};

function SelectionBar({ codes, whole, onAll, onNone, children }: SelectionBarProps) {
  return (
    <div
      role="region"
      aria-label="Selected projects"
      className="sticky bottom-4 z-20 mt-4 flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sheet px-4 py-3 shadow-float"
    >
      <p className="text-sm font-medium" role="status">
        {countInWords(codes.length, "project")} selected
      </p>
      {whole ? null : (
        <Button size="sm" variant="quiet" onClick={onAll}>
          Select all here
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={onNone}>
        Clear
      </Button>
      <span className="ml-auto" />
      {children}
    </div>
  );
}

/** What can be done with several projects of the workspace. */
function WorkspaceBar({ codes, onNone }: { codes: readonly string[]; onNone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const call = useCallApi();
  const many = countInWords(codes.length, "project");

  async function undo(deleted: readonly string[]) {
    try {
      for (const code of deleted) await call(restoreMyProject, { code });
      toast(`${countInWords(deleted.length, "project")} back`, { tone: "good", id: "bulk-delete" });
    } catch (error) {
      toast(describeFailure(error).title, { tone: "error", description: describeFailure(error).description });
    }
    router.refresh();
  }

  async function remove() {
    setBusy(true);
    const deleted: string[] = [];
    try {
      for (const code of codes) {
        await call(deleteMyProject, { code }).then(
          () => deleted.push(code),
          (error: unknown) => {
            // Gone already: in another tab, or by an answer that was lost.
            if (!(error instanceof ApiError && error.code === "project_not_found")) throw error;
          },
        );
      }
      setAsking(false);
      onNone();
    } catch (error) {
      setProblem(`${describeFailure(error).title} ${countInWords(deleted.length, "project")} deleted.`);
    }
    setBusy(false);
    if (deleted.length > 0) {
      toast(`${countInWords(deleted.length, "project")} deleted`, {
        id: "bulk-delete",
        description: "They lie in the bin for 30 days.",
        action: { label: "Undo", onSelect: () => void undo(deleted) },
      });
      router.refresh();
    }
  }

  return (
    <>
      <ExportAll codes={codes} />
      <Button
        size="sm"
        onClick={() => {
          setProblem(null);
          setAsking(true);
        }}
      >
        <Trash2 aria-hidden="true" /> Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${many}?`}
        description="Their space is free at once. For 30 days they can be brought back from the bin."
        confirmLabel="Delete"
        busy={busy}
        error={problem}
        onConfirm={() => void remove()}
      />
    </>
  );
}
