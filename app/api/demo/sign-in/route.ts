import { demoSignIn } from "@/lib/contract/demo";
import { signInAs } from "@/lib/domains/demo/sign-in-as";
import { route } from "@/lib/http/route";

export const POST = route(demoSignIn, ({ input }) => signInAs(input));
