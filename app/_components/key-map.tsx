"use client";

import { useEffect, useState } from "react";
import { Dialog } from "@/lib/ui/dialog";
import { inKeys, isModifier, isTyping } from "./keys";

/** Opens the list of keys from anywhere: `window.dispatchEvent(new Event(KEY_MAP_EVENT))`. */
export const KEY_MAP_EVENT = "penora:keys";

type Line = { readonly keys: readonly string[]; readonly what: string };

const WAYS: Readonly<Record<string, { href: string; what: string }>> = {
  h: { href: "/penora", what: "Home" },
  n: { href: "/single-prompt", what: "Write something new" },
  w: { href: "/workspace", what: "Workspace" },
  a: { href: "/account", what: "Account" },
};

const EVERYWHERE: readonly Line[] = [
  { keys: ["?"], what: "This list" },
  { keys: ["Mod+/"], what: "This list, also while you type" },
  ...Object.entries(WAYS).map(([key, { what }]) => ({ keys: ["G", key.toUpperCase()], what })),
  { keys: ["Esc"], what: "Close what is open above the page" },
];

const EDITOR: readonly Line[] = [
  { keys: ["Mod+S"], what: "Save now" },
  { keys: ["Mod+Z"], what: "Undo" },
  { keys: ["Mod+Shift+Z"], what: "Redo" },
  { keys: ["Mod+B"], what: "Bold" },
  { keys: ["Mod+I"], what: "Italic" },
  { keys: ["Mod+Shift+S"], what: "Strikethrough" },
  { keys: ["Mod+K"], what: "Link" },
  { keys: ["Mod+Alt+1"], what: "Heading 1, and so on to 3" },
  { keys: ["Mod+Shift+8"], what: "Bullet list" },
  { keys: ["Mod+Shift+7"], what: "Numbered list" },
  { keys: ["Mod+Shift+B"], what: "Quote" },
  { keys: ["Shift+Enter"], what: "A new line in the same paragraph" },
  { keys: ["Mod+Shift+F"], what: "Nothing but the text, and back" },
];

const SECOND_KEY_MS = 1_500;

/** The keys of the site: listed under `?`, and two letters that lead somewhere. Never while somebody types. */
export function KeyMap({ signedIn }: { signedIn: boolean }) {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    let wayUntil = 0;
    const show = () => setOpen(true);
    function press(event: KeyboardEvent) {
      if (event.key === "/" && isModifier(event)) {
        event.preventDefault();
        return show();
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      if (document.querySelector("[role='dialog'], [role='alertdialog'], [role='menu']") !== null) return;
      const way = signedIn && event.timeStamp < wayUntil ? WAYS[event.key.toLowerCase()] : undefined;
      wayUntil = event.key.toLowerCase() === "g" ? event.timeStamp + SECOND_KEY_MS : 0;
      if (way !== undefined) window.location.assign(way.href);
      else if (event.key === "?") {
        event.preventDefault();
        show();
      }
    }
    window.addEventListener("keydown", press);
    window.addEventListener(KEY_MAP_EVENT, show);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener(KEY_MAP_EVENT, show);
    };
  }, [signedIn]);

  if (!open) return null;
  return (
    <Dialog open onOpenChange={setOpen} title="Keys" wide>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <Keys
          title="Everywhere"
          lines={signedIn ? EVERYWHERE : EVERYWHERE.filter(({ keys }) => keys[0] !== "G")}
        />
        {signedIn ? <Keys title="In a text" lines={EDITOR} /> : null}
      </div>
    </Dialog>
  );
}

function Keys({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      <dl className="divide-y divide-line border-y border-line text-sm">
        {lines.map(({ keys, what }) => (
          <div key={what} className="flex items-baseline justify-between gap-4 py-1.5">
            <dt className="text-soft">{what}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded-sm border border-line bg-well px-1.5 py-0.5 font-sans text-xs"
                >
                  {inKeys(key)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
