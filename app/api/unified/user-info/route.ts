import { userInfo } from "@/lib/contract/credits";
import { getUserInfo } from "@/lib/domains/credits/user-info";
import { route } from "@/lib/http/route";

export const GET = route(userInfo, ({ input }) => getUserInfo(input));
