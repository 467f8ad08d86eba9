import { quote, type ModelName } from "@/lib/contract/quote";
import { figure } from "@/lib/ui/figure";
import { Table, Td, Th, Tr } from "@/lib/ui/table";

const sizes = [1, 5, 12, 50];
const models: { name: ModelName; title: string }[] = [
  { name: "fast", title: "Fast" },
  { name: "balanced", title: "Balanced" },
  { name: "creative", title: "Creative" },
];

/** What texts of some sizes can cost, from the same function that prices the real ones. */
export function PriceTable() {
  return (
    <div>
      <Table caption="The most that a text can cost, in KU Coins" showCaption className="text-[0.9375rem]">
        <thead>
          <tr>
            <Th>Pages</Th>
            <Th numeric>Words</Th>
            {models.map(({ name, title }) => (
              <Th key={name} numeric>
                {title}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map((pages) => (
            <Tr key={pages}>
              <Th scope="row" className="tabular-nums">
                {pages}
              </Th>
              <Td numeric className="text-faint">
                {figure(quote({ pages, model: "balanced" }).words)}
              </Td>
              {models.map(({ name }) => (
                <Td key={name} numeric className="font-medium">
                  {figure(quote({ pages, model: name }).credits)}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-3 border-t border-line pt-3 text-sm text-faint">
        The page shows your balance beside the price, and what will be left of it.
      </p>
    </div>
  );
}
