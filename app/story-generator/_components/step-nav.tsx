import { classNames } from "@/lib/ui/class-names";

export const STEPS = ["idea", "bible", "outline", "chapters"] as const;
export type Step = (typeof STEPS)[number];

const NAMES: Record<Step, string> = {
  idea: "Idea",
  bible: "Bible",
  outline: "Outline",
  chapters: "Chapters",
};

interface StepNavProps {
  current: Step;
  onStep: (step: Step) => void;
  /** A word on each: how many, or that it may be left out. */
  notes: Record<Step, string>;
}

/** The way from the idea to the chapters; each step can be gone back to. */
export function StepNav({ current, onStep, notes }: StepNavProps) {
  return (
    <nav aria-label="Steps" className="-mx-1 overflow-x-auto px-1">
      <ol className="flex min-w-max gap-6 border-b border-line">
        {STEPS.map((step, at) => (
          <li key={step}>
            <button
              type="button"
              aria-current={step === current ? "step" : undefined}
              onClick={() => onStep(step)}
              className={classNames(
                "-mb-px flex min-h-11 items-center gap-2 border-b-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2",
                step === current
                  ? "border-accent text-ink"
                  : "border-transparent text-soft hover:border-edge hover:text-ink",
              )}
            >
              <span aria-hidden="true" className="text-faint tabular-nums">
                {at + 1}
              </span>
              {NAMES[step]}
              {notes[step] === "" ? null : (
                <span className="text-[0.8125rem] font-normal text-faint tabular-nums">{notes[step]}</span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
