import { z } from "zod";

export const MEGABYTE = 1_048_576;

/** `storage`, wherever it stands. MB have 2 decimals, the percentage 1. */
export const storageShape = z.object({
  used_mb: z.number(),
  limit_mb: z.number(),
  available_mb: z.number(),
  usage_percentage: z.number(),
  total_mb: z.number(),
  remaining_mb: z.number(),
  total_projects: z.number().int(),
  used_bytes: z.number().int(),
  limit_bytes: z.number().int(),
});

export type Storage = z.infer<typeof storageShape>;

/** Bytes as MB with 2 decimals. */
export function toMegabytes(bytes: number): number {
  return Math.round((bytes / MEGABYTE) * 100) / 100;
}

/** The storage object from what the database counts. Bytes in, never negative. */
export function describeStorage(usedBytes: number, limitBytes: number, totalProjects: number): Storage {
  const freeBytes = Math.max(0, limitBytes - usedBytes);
  return {
    used_mb: toMegabytes(usedBytes),
    limit_mb: toMegabytes(limitBytes),
    available_mb: toMegabytes(freeBytes),
    usage_percentage: limitBytes === 0 ? 100 : Math.round((usedBytes / limitBytes) * 1000) / 10,
    total_mb: toMegabytes(usedBytes),
    remaining_mb: toMegabytes(freeBytes),
    total_projects: totalProjects,
    used_bytes: usedBytes,
    limit_bytes: limitBytes,
  };
}
