import { useEffect, useEffectEvent, useRef, useState } from "react";

interface Message {
  readonly from: string;
  readonly kind: "hello" | "here" | "saved" | "bye";
  readonly version?: number;
}

/**
 * The other tabs of this browser in which the same text is open: whether there are any, and word of what they save. A
 * courtesy; what two tabs write is kept apart by the version alone.
 */
export function useOtherTabs(
  place: string,
  tab: string,
  onSaved: (version: number) => void,
): { others: boolean; tellSaved: (version: number) => void } {
  const [others, setOthers] = useState(0);
  const channel = useRef<BroadcastChannel | null>(null);
  const heard = useEffectEvent(onSaved);

  useEffect(() => {
    if (!("BroadcastChannel" in window)) return;
    const open = (channel.current = new BroadcastChannel(place));
    const known = new Set<string>();
    const say = (kind: Message["kind"]) => open.postMessage({ from: tab, kind } satisfies Message);
    open.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === "bye") known.delete(data.from);
      else known.add(data.from);
      if (data.kind === "hello") say("here");
      if (data.kind === "saved" && data.version !== undefined) heard(data.version);
      setOthers(known.size);
    };
    say("hello");
    const leave = () => say("bye");
    const back = () => say("hello");
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", back);
    return () => {
      leave();
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
      open.close();
    };
  }, [place, tab]);

  const tellSaved = (version: number) =>
    channel.current?.postMessage({ from: tab, kind: "saved", version } satisfies Message);
  return { others: others > 0, tellSaved };
}
