import { classNames } from "./class-names";

/** Whether an address that somebody else wrote may be shown as a picture: https, or a raster image as data. */
export function isShowablePicture(address: string | null | undefined): address is string {
  if (!address) return false;
  if (/^data:image\/(png|jpeg|webp|gif)[;,]/i.test(address)) return true;
  return URL.canParse(address) && new URL(address).protocol === "https:";
}

/** One or two letters for a name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

const sizes = { sm: "size-8 text-xs", md: "size-12 text-base", lg: "size-20 text-2xl" };

/** A person's picture, else their initials. For eyes only: the name stands beside it or names the control. */
export function Avatar({
  name,
  picture,
  size = "sm",
}: {
  name: string;
  picture?: string | null;
  size?: keyof typeof sizes;
}) {
  const shape = classNames("inline-block shrink-0 rounded-full border border-line object-cover", sizes[size]);
  return isShowablePicture(picture) ? (
    // A plain <img>: the picture lives on somebody else's server, and ours must not fetch it.
    <img
      src={picture}
      alt=""
      referrerPolicy="no-referrer"
      loading="lazy"
      decoding="async"
      className={shape}
    />
  ) : (
    <span
      aria-hidden="true"
      className={classNames(shape, "inline-grid place-items-center bg-well font-medium text-soft")}
    >
      {initials(name)}
    </span>
  );
}
