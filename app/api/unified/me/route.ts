import { me } from "@/lib/contract/accounts";
import { describeKey } from "@/lib/domains/api-keys/describe-key";
import { route } from "@/lib/http/route";

export const GET = route(me, ({ caller }) => describeKey(caller));
