"use client";

import {
  BookOpen,
  Download,
  ExternalLink,
  FileArchive,
  FileCode,
  FileText,
  FileType,
  Image as Picture,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { EXPORT_FORMATS, type ExportFormat, FORMAT_NAMES } from "@/lib/contract/export-format";
import { createMyExportLink, getMyExportFormats } from "@/lib/contract/exports";
import type { AnswerOf } from "@/lib/client/call-api";
import { Button } from "@/lib/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/lib/ui/menu";
import { ReadyFileDialog } from "./ready-file-dialog";
import { useExport } from "./use-export";

const icons: Readonly<Record<ExportFormat, ReactNode>> = {
  pdf: <FileText aria-hidden="true" />,
  docx: <FileType aria-hidden="true" />,
  epub: <BookOpen aria-hidden="true" />,
  html: <FileCode aria-hidden="true" />,
  md: <FileText aria-hidden="true" />,
  txt: <FileText aria-hidden="true" />,
  zip: <FileArchive aria-hidden="true" />,
  picture: <Picture aria-hidden="true" />,
};

type Formats = AnswerOf<typeof getMyExportFormats>;

/**
 * Takes a project along in any format. What a format can't hold is said before, beside it; until that is known, and
 * where it can't be asked, everything is offered, and the answer to the wish says it.
 */
export function ExportMenu({ code, isPicture = false }: { code: string; isPicture?: boolean }) {
  const [known, setKnown] = useState<Formats | null>(null);
  const { busy, ready, close, begin } = useExport();
  const call = useCallApi();

  async function look(open: boolean) {
    if (!open) return;
    try {
      setKnown(await call(getMyExportFormats, { code }));
    } catch {
      // The wish itself is answered with the reason.
    }
  }

  const offered: Formats["formats"] =
    known?.formats ??
    EXPORT_FORMATS.filter((format) => format !== "picture" || isPicture).map((format) => ({
      format,
      available: true,
      reason: null,
    }));
  const first = offered.filter(({ format }) => format === "picture");
  const rest = offered.filter(({ format }) => format !== "picture");

  return (
    <>
      <Menu
        trigger={
          <Button size="sm" busy={busy}>
            <Download aria-hidden="true" /> Export
          </Button>
        }
        align="start"
        onOpenChange={(open) => void look(open)}
      >
        <MenuLabel>Save a copy as</MenuLabel>
        {known?.picture_url == null ? null : (
          <MenuItem
            icon={<ExternalLink aria-hidden="true" />}
            note="It lies elsewhere; opens in a new tab"
            onSelect={() => window.open(known.picture_url ?? "", "_blank", "noopener,noreferrer")}
          >
            The picture
          </MenuItem>
        )}
        {[...first, ...rest].map(({ format, available, reason }) => (
          <MenuItem
            key={format}
            icon={icons[format]}
            note={reason ?? FORMAT_NAMES[format].use}
            disabled={!available}
            onSelect={() =>
              void begin(FORMAT_NAMES[format].name, () => call(createMyExportLink, { code, format }))
            }
          >
            {FORMAT_NAMES[format].name}
          </MenuItem>
        ))}
      </Menu>
      <ReadyFileDialog file={ready} onClose={close} />
    </>
  );
}
