/** Where the build puts the code of the thread that makes files of texts: beside the server's. */
export const EXPORT_WORKER_FILE = ".next/doors/export-worker.mjs";
