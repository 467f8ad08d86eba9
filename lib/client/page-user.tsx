"use client";

import { createContext, type ReactNode, useCallback, useContext } from "react";
import type { Operation } from "@/lib/contract/operation";
import { type AnswerOf, type AskOf, callApi, type CallOptions } from "./call-api";

const PageUserId = createContext<string | null>(null);

/** Tells the parts of a page for whom it was made. */
export function PageUser({ userId, children }: { userId: string; children: ReactNode }) {
  return <PageUserId value={userId}>{children}</PageUserId>;
}

/** The id of the person the page was made for. */
export function usePageUser(): string {
  const userId = useContext(PageUserId);
  if (userId === null) throw new Error("a part of a page that calls the API stands outside <PageUser>");
  return userId;
}

/** `callApi` in the name of the person the page was made for. */
export function useCallApi() {
  const userId = usePageUser();
  return useCallback(
    <O extends Operation>(
      operation: O,
      ask: AskOf<O>,
      options: Omit<CallOptions, "userId"> = {},
    ): Promise<AnswerOf<O>> => callApi(operation, ask, { ...options, userId }),
    [userId],
  );
}
