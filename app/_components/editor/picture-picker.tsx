"use client";

import { useCallback, useEffect, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { listMyProjects } from "@/lib/contract/my-workspace";
import { pictureAddress } from "@/lib/contract/picture-reference";
import type { Project } from "@/lib/contract/workspace";
import { Button } from "@/lib/ui/button";
import { Dialog } from "@/lib/ui/dialog";
import { EmptyState } from "@/lib/ui/empty-state";
import { Skeleton } from "@/lib/ui/skeleton";
import { shownTitle } from "../in-words";

const ROWS = 24;

export type PicturePickerProps = {
  onPick: (picture: { code: string; title: string }) => void;
  onClose: () => void;
};

type Found = { pictures: readonly Project[]; next: string | null };

/** The person's pictures, newest first, to choose one of. */
export function PicturePicker({ onPick, onClose }: PicturePickerProps) {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const call = useCallApi();

  const load = useCallback(
    async (cursor: string | undefined, before: readonly Project[]) => {
      setProblem(null);
      try {
        const page = await call(listMyProjects, { kind: "picture", limit: String(ROWS), cursor });
        setFound({ pictures: [...before, ...page.projects], next: page.next_cursor });
      } catch (error) {
        setProblem(describeFailure(error).title);
      }
    },
    [call],
  );

  useEffect(() => void load(undefined, []), [load]);

  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title="Insert a picture"
      description="A picture is kept once, in the workspace; the text refers to it and exports take it along."
    >
      {problem === null ? null : (
        <p role="alert" className="mb-3 text-sm text-accent">
          {problem}
        </p>
      )}
      {found === null ? (
        problem === null ? (
          <div
            className="grid grid-cols-2 gap-3 sm:grid-cols-4"
            role="status"
            aria-label="Looking for your pictures"
          >
            {Array.from({ length: 4 }, (_, nth) => (
              <Skeleton key={nth} className="aspect-square" />
            ))}
          </div>
        ) : (
          <Button onClick={() => void load(undefined, [])}>Try again</Button>
        )
      ) : found.pictures.length === 0 ? (
        <EmptyState title="No pictures yet">
          Pictures that you make in ImageGene are saved in your workspace, and can be inserted here.
        </EmptyState>
      ) : (
        <>
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {found.pictures.map(({ code, title }) => (
              <li key={code}>
                <button
                  type="button"
                  onClick={() => onPick({ code, title: shownTitle(title) })}
                  className="group block w-full rounded-md text-left"
                >
                  <img
                    src={pictureAddress(code)}
                    alt=""
                    loading="lazy"
                    decoding="async"
                    referrerPolicy="no-referrer"
                    className="aspect-square w-full rounded-sm border border-line bg-well object-cover group-hover:border-ink"
                  />
                  <span className="mt-1 block truncate text-[0.8125rem] text-soft">{shownTitle(title)}</span>
                </button>
              </li>
            ))}
          </ul>
          {found.next === null ? null : (
            <div className="mt-4 text-center">
              <Button onClick={() => void load(found.next ?? undefined, found.pictures)}>More</Button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
