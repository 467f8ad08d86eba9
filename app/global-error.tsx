"use client";

import { Failure } from "./_components/failure";
import "./_components/fonts";
import "./globals.css";

/** Stands in for the layout itself; without it the theme follows the system. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Penora</title>
        <Failure error={error} retry={retry} />
      </body>
    </html>
  );
}
