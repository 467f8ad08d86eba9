import { Badge, type BadgeTone } from "@/lib/ui/badge";

const TONES: Record<string, BadgeTone> = { GET: "good", POST: "warn", PATCH: "warn", DELETE: "accent" };

/** The method of an address. */
export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={TONES[method] ?? "neutral"}>
      <span className="font-mono">{method}</span>
    </Badge>
  );
}
