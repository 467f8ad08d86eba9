import "server-only";
import { findWriter } from "@/lib/domains/studio/studio-settings";
import { env } from "@/lib/foundation/env";
import { balanceOf } from "../balance-of";
import type { Viewer } from "../viewer";
import type { MeansAtFirst } from "./means";

/** What the person who looks at a page has to write with. */
export function meansOf(viewer: Viewer): MeansAtFirst {
  const { limit_bytes: limit, used_bytes: used } = viewer.storage;
  const writer = findWriter();
  return {
    balance: balanceOf(viewer),
    freeBytes: Math.max(0, limit - used),
    topupUrl: env().sukusukuTopupUrl,
    writer: writer && { demoLabel: writer.isDemo ? writer.label : null },
  };
}
