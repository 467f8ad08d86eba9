import { health } from "@/lib/contract/accounts";
import { route } from "@/lib/http/route";

export const GET = route(health, () => ({ status: "ok" as const }));
