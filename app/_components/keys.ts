const isApple = () => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as this machine's keyboard names them: `Mod+Shift+Z` is Ctrl+Shift+Z here and ⌘⇧Z there. */
export function inKeys(keys: string): string {
  const apple = isApple();
  const names = keys.split("+").map((key) => {
    if (key === "Mod") return apple ? "⌘" : "Ctrl";
    if (key === "Alt") return apple ? "⌥" : "Alt";
    return key === "Shift" && apple ? "⇧" : key;
  });
  return names.join(apple ? "" : "+");
}

/** True for Ctrl here and ⌘ there. */
export function isModifier(event: { ctrlKey: boolean; metaKey: boolean }): boolean {
  return isApple() ? event.metaKey : event.ctrlKey;
}

/** Whether somebody types there, so that a key is a letter and no command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, [role='textbox']") !== null)
  );
}
