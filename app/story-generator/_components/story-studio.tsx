"use client";

import { useState } from "react";
import type { WholeStory } from "@/lib/contract/story";
import { useBalance } from "@/lib/client/use-balance";
import type { MeansAtFirst } from "../../_components/studio/means";
import { WritingBar } from "../../_components/studio/writing-bar";
import { BibleStep } from "./bible-step";
import { ChaptersStep } from "./chapters-step";
import { IdeaStep } from "./idea-step";
import { OutlineStep } from "./outline-step";
import { StepNav, type Step, STEPS } from "./step-nav";
import { StoryHead } from "./story-head";
import { StoryOutcome } from "./story-outcome";
import { announceStory, doingInWords } from "./story-state";
import { useStory } from "./use-story";

/** A story, step by step. The tab is only a window on it: it goes on without it. */
export function StoryStudio({ initial, balance, ...rest }: MeansAtFirst & { initial: WholeStory }) {
  const [spoken, setSpoken] = useState("");
  const { whole, active, line, refresh, stopping } = useStory(initial, (before, after) => {
    const said = announceStory(before, after);
    if (said !== null) setSpoken(said);
  });
  const [step, setStep] = useState<Step>(initial.chapters.length === 0 ? "outline" : "chapters");
  const means = { ...rest, balance: useBalance(balance).credits };
  const live = active?.generation.status === "writing" ? active : null;
  const { chapters, bible } = whole;
  const shared = { whole, means, refresh };
  return (
    <div>
      <StoryHead whole={whole} busy={live !== null} />
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <div className="mt-6">
        <StepNav
          current={step}
          onStep={setStep}
          notes={{
            idea: "",
            bible: bible === null ? "optional" : "",
            outline: chapters.length === 0 ? "" : String(chapters.length),
            chapters:
              chapters.length === 0
                ? ""
                : `${chapters.filter(({ status }) => status === "done").length} of ${chapters.length}`,
          }}
        />
      </div>
      <StoryOutcome whole={whole} topupUrl={means.topupUrl} refresh={refresh} />
      {/* What was typed in a step stays there while another is looked at. */}
      {STEPS.map((one) => (
        <div key={one} hidden={one !== step} className="mt-8">
          {one === "idea" ? <IdeaStep whole={whole} topupUrl={means.topupUrl} refresh={refresh} /> : null}
          {one === "bible" ? <BibleStep {...shared} active={live !== null} /> : null}
          {one === "outline" ? <OutlineStep {...shared} active={live !== null} /> : null}
          {one === "chapters" ? (
            <ChaptersStep {...shared} active={active} onOutline={() => setStep("outline")} />
          ) : null}
        </div>
      ))}
      {live === null ? null : (
        <WritingBar
          writing={live}
          doing={doingInWords(live)}
          subject="It"
          line={line}
          onStopping={stopping}
        />
      )}
    </div>
  );
}
