import { Search } from "lucide-react";
import { Button } from "@/lib/ui/button";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";

/** Finds projects by what their titles and texts contain. A plain form: it works before any script does, and has an address. */
export function ProjectSearch({ search, kept }: { search: string; kept: readonly [string, string][] }) {
  return (
    <form action="/workspace" role="search" className="flex w-full gap-2 sm:w-auto">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field label="Search titles and texts" hideLabel className="flex-1 sm:w-64">
        {(control) => (
          <Input
            {...control}
            type="search"
            name="search"
            defaultValue={search}
            maxLength={200}
            placeholder="Search titles and texts"
          />
        )}
      </Field>
      <Button type="submit">
        <Search aria-hidden="true" />
        <span className="sr-only sm:not-sr-only">Search</span>
      </Button>
    </form>
  );
}
