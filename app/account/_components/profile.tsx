import { Avatar } from "@/lib/ui/avatar";
import { type Fact, Facts } from "@/lib/ui/facts";
import type { Viewer } from "../../_components/viewer";

/** What sukusuku.ai tells of the person. All of it is theirs, and none of it is trusted. */
export function Profile({ viewer }: { viewer: Viewer }) {
  const facts: Fact[] = [
    { name: "Subscription", value: viewer.subscriptionStatus },
    ...(viewer.bio
      ? [{ name: "About", value: <p className="max-w-prose whitespace-pre-line">{viewer.bio}</p> }]
      : []),
    ...(viewer.website ? [{ name: "Website", value: <Website address={viewer.website} /> }] : []),
    { name: "Here since", value: since.format(viewer.createdAt) },
  ];
  return (
    <div className="min-w-0">
      <div className="mb-7 flex items-center gap-5">
        <Avatar name={viewer.username} picture={viewer.profileImage} size="lg" />
        <div className="min-w-0">
          <p className="font-serif text-2xl leading-tight font-medium break-words">{viewer.username}</p>
          <p className="mt-1 text-[0.9375rem] break-words text-soft">{viewer.email}</p>
        </div>
      </div>
      <Facts items={facts} />
      <p className="mt-4 text-[0.8125rem] text-faint">
        Name, picture and the rest come from sukusuku.ai with each sign-in; change them there.
      </p>
    </div>
  );
}

const since = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A link only where it leads to the web; else the text that it is. */
function Website({ address }: { address: string }) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return <>{address}</>;
  return (
    <a className="link" href={url.href} rel="noopener nofollow" target="_blank">
      {address}
    </a>
  );
}
