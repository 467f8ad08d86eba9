import { shapeHref } from "./addresses";
import type { FieldRow } from "./field-rows";
import { Words } from "./prose";

export type FieldListProps = {
  title: string;
  rows: readonly FieldRow[];
  showRequired?: boolean;
  as?: "h3" | "h4";
};

/** Fields with what they hold and mean: a row each, which is a block where it is narrow. */
export function FieldList({ title, rows, showRequired, as: Heading = "h3" }: FieldListProps) {
  if (rows.length === 0) return null;
  return (
    <div>
      <Heading className="text-[0.8125rem] font-medium text-faint">{title}</Heading>
      <dl className="mt-1.5 border-b border-line text-sm">
        {rows.map(({ name, kind, shape, required, words }) => (
          <div
            key={name}
            className="grid gap-x-6 gap-y-0.5 border-t border-line py-2 sm:grid-cols-[15rem_minmax(0,1fr)]"
          >
            <dt className="min-w-0">
              <code className="font-mono text-[0.8125rem] font-medium [overflow-wrap:anywhere]">{name}</code>
              {showRequired && required ? <span className="ml-2 text-xs text-accent">required</span> : null}
            </dt>
            <dd className="min-w-0 text-soft">
              <Words>{words}</Words>{" "}
              <span className="text-faint [overflow-wrap:anywhere]">
                {kind}
                {shape === undefined ? null : (
                  <>
                    {" "}
                    <a className="link" href={shapeHref(shape)}>
                      {shape}
                    </a>
                  </>
                )}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
