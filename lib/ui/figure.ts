const figures = new Intl.NumberFormat("en-GB");

/** A number as it stands on a page: "1,250". */
export function figure(value: number): string {
  return figures.format(value);
}
