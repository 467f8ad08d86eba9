"use client";

import { Download } from "lucide-react";
import { useCallApi } from "@/lib/client/page-user";
import { FILE_FORMATS, FORMAT_NAMES } from "@/lib/contract/export-format";
import { createMyWorkspaceLink } from "@/lib/contract/exports";
import { Button } from "@/lib/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/lib/ui/menu";
import { ReadyFileDialog } from "../../_components/ready-file-dialog";
import { useExport } from "../../_components/use-export";

/**
 * Takes the whole workspace along, or the projects that were chosen: one ZIP, each text in the format that is picked, each
 * picture as it is.
 */
export function ExportAll({ codes }: { codes?: readonly string[] }) {
  const { busy, ready, close, begin } = useExport();
  const call = useCallApi();
  return (
    <>
      <Menu
        trigger={
          <Button busy={busy} size={codes === undefined ? "md" : "sm"}>
            <Download aria-hidden="true" /> {codes === undefined ? "Export all" : "Export"}
          </Button>
        }
      >
        <MenuLabel>{codes === undefined ? "Every project" : "What is selected"} in one ZIP, as</MenuLabel>
        {FILE_FORMATS.map((format) => (
          <MenuItem
            key={format}
            onSelect={() =>
              void begin("The ZIP", () =>
                call(createMyWorkspaceLink, {
                  format,
                  ...(codes === undefined ? {} : { codes: [...codes] }),
                }),
              )
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
