/** What can be read, by the end of its name. */
export const UPLOAD_TYPES = ["txt", "md", "docx", "pdf", "html"] as const;
export type UploadType = (typeof UPLOAD_TYPES)[number];
