import { answerUnknownDoor } from "@/lib/http/unknown-door";

export const GET = answerUnknownDoor;
export const POST = answerUnknownDoor;
export const PUT = answerUnknownDoor;
export const PATCH = answerUnknownDoor;
export const DELETE = answerUnknownDoor;
export const OPTIONS = answerUnknownDoor;
