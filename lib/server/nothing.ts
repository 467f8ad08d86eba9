// Stands where `server-only` is imported: in a server, that package is empty.
export {};
