"use client";

import type { Editor } from "@tiptap/core";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/lib/ui/button";
import { Dialog } from "@/lib/ui/dialog";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { isLinkTarget } from "./markdown/block-from-markdown";

/** Asks where the selected words lead. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const [before] = useState(() => String(editor.getAttributes("link").href ?? ""));
  const [address, setAddress] = useState(before);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useId();

  function apply(event: FormEvent) {
    event.preventDefault();
    const typed = address.trim();
    const href = /^[a-z][a-z0-9+.-]*:/i.test(typed)
      ? typed
      : typed.includes("@")
        ? `mailto:${typed}`
        : `https://${typed}`;
    if (typed === "" || !isLinkTarget(href) || !URL.canParse(href))
      return setProblem("A link leads to a web page (https://…) or an email address.");
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && before === "")
      chain.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onClose();
  }

  function remove() {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={before === "" ? "Add a link" : "Change the link"}
      actions={
        <>
          {before === "" ? null : <Button onClick={remove}>Remove the link</Button>}
          <Button variant="primary" type="submit" form={form}>
            {before === "" ? "Add link" : "Change link"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={apply} noValidate>
        <Field label="Address" error={problem}>
          {(control) => (
            <Input
              {...control}
              type="url"
              autoFocus
              value={address}
              placeholder="https://"
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
