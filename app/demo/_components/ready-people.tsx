"use client";

import { useState } from "react";
import type { DemoPerson } from "@/lib/contract/demo";
import { Avatar } from "@/lib/ui/avatar";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { followSignInLink } from "./follow-link";

export type ReadyPeopleProps = {
  people: readonly (DemoPerson & { note: string })[];
  redirect: string | undefined;
  /** Who is signed in. */
  current: string | null;
};

/** A few people to sign in as, each with something to see. */
export function ReadyPeople({ people, redirect, current }: ReadyPeopleProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function choose({ note: _note, ...person }: ReadyPeopleProps["people"][number]) {
    setBusy(person.user_id);
    setProblem(await followSignInLink(person, redirect));
    setBusy(null);
  }

  return (
    <>
      <ul className="border-b border-line">
        {people.map((person) => (
          <li key={person.user_id} className="flex items-center gap-4 border-t border-line py-4">
            <Avatar name={person.username} picture={person.profile_image ?? null} size="md" />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {person.username}
                {person.user_id === current ? <Badge tone="good">signed in</Badge> : null}
              </p>
              <p className="text-sm text-soft">{person.note}</p>
            </div>
            <Button
              size="sm"
              busy={busy === person.user_id}
              aria-label={`Sign in as ${person.username}`}
              onClick={() => void choose(person)}
            >
              Sign in
            </Button>
          </li>
        ))}
      </ul>
      {problem ? (
        <Notice tone="error" role="alert" className="mt-4">
          {problem}
        </Notice>
      ) : null}
    </>
  );
}
