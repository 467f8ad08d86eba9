import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";

export const aboutService = {
  health: {
    area: "service",
    text: "Says only that the process lives. For whoever restarts it.",
    answer: { status: "ok" },
  },
  ready: {
    area: "service",
    text: "Says that the database answers and is migrated; 503 `unavailable` when not. For whoever sends traffic.",
    answer: { status: "ready" },
  },
  readMetrics: {
    area: "service",
    text: "For Prometheus: figures of this process and of the whole service, as text.",
    answer: {
      contentType: "text/plain",
      text: "# HELP process_resident_memory_bytes Resident memory size in bytes.\n# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 143654912\n",
    },
  },
  openapi: {
    area: "service",
    text: "All of this reference for programs, printed from the declarations that judge each request. It carries an `ETag`.",
    answer: { openapi: "3.1.0", info: { title: "Penora", version: "1.0.0" }, paths: {} },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
