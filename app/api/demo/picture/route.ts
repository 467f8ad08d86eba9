import { demoPicture } from "@/lib/contract/demo";
import { makePicture } from "@/lib/domains/demo/make-picture";
import { route } from "@/lib/http/route";

export const POST = route(demoPicture, ({ caller, input }) => makePicture({ ...input, caller }));
