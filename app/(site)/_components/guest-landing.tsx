import { signInUrl } from "@/app/_components/viewer";
import { ButtonLink } from "@/lib/ui/button-link";
import { ExampleSheet } from "./example-sheet";
import { PriceTable } from "./price-table";

const promises = [
  {
    title: "The price comes first",
    text: "Every text has a quote before it begins. That many coins are set aside and never more. At the end you pay for the words that were delivered; the rest comes back.",
  },
  {
    title: "You may leave the room",
    text: "Reload, lose the network, close the tab: the text goes on being written. When you come back it is all there, no word missing and none twice.",
  },
  {
    title: "What you paid for is kept",
    text: "Every page and chapter goes into your workspace by itself. What you write over stays as a version; what you delete lies in the bin for thirty days.",
  },
];

const ways = [
  {
    title: "A single prompt",
    text: "Say what it should be about: prose, an article, an essay, a script, a poem, a letter. The pages are one text, not fifty beginnings.",
  },
  {
    title: "A story of many chapters",
    text: "From the idea over its people and places to a plan that you may change, and then chapter by chapter. Each knows what came before, and is checked against it.",
  },
  {
    title: "Your own text",
    text: "In an editor that saves by itself. Mark a passage and have it gone on with, rewritten or described: the answer stands beside it, and yours is untouched until you accept.",
  },
  {
    title: "A book to take with you",
    text: "As PDF, Word, EPUB, HTML, Markdown or plain text, with your pictures in it. Or as a link that only those read to whom you gave it.",
  },
];

const rules: readonly { title: string; text: string; way?: { href: string; label: string } }[] = [
  {
    title: "If you stop",
    text: "You pay for the words that you have. They stay yours, and you can go on from there.",
  },
  {
    title: "If we fail",
    text: "A part that failed through an error, a time-out or a crash costs nothing. The text so far is kept, and the page says that you were not charged.",
  },
  {
    title: "If you wonder",
    text: "Every coin that comes or goes has a line in your account, with the app that moved it. The purse is shared with the other apps of sukusuku.ai, such as ImageGene.",
    way: { href: "/docs/guide", label: "Put your app on Penora" },
  },
];

/** What a guest finds at `/`: what Penora is, what it costs, and the way in. */
export function GuestLanding() {
  return (
    <>
      <section className="mx-auto grid max-w-wide items-center gap-x-16 gap-y-14 px-4 pt-14 pb-20 sm:px-6 sm:pt-20 lg:grid-cols-[1.05fr_1fr] lg:pb-28">
        <div>
          <h1 className="font-serif text-[2.625rem] leading-[1.06] font-medium tracking-[-0.022em] sm:text-6xl lg:text-[4.25rem]">
            Know the price before the first word.
          </h1>
          <p className="mt-7 max-w-[34rem] font-serif text-xl leading-relaxed text-soft">
            Penora writes with you: a page, an essay, a story of forty chapters. It tells you what a text can
            cost, shows it as it is written, and stops when you say so.
          </p>
          <div className="mt-9 flex flex-wrap items-center gap-x-6 gap-y-4">
            <ButtonLink href={signInUrl()} variant="primary" size="lg">
              Sign in and write
            </ButtonLink>
            <a href="#coins" className="link text-[0.9375rem] font-medium">
              How coins work
            </a>
          </div>
          <p className="mt-5 text-sm text-faint">With your sukusuku.ai account.</p>
        </div>
        <ExampleSheet />
      </section>

      <section aria-label="What you can rely on" className="border-y border-line bg-sheet">
        <ul className="mx-auto grid max-w-wide gap-x-12 gap-y-10 px-4 py-16 sm:px-6 md:grid-cols-3">
          {promises.map(({ title, text }) => (
            <li key={title}>
              <h2 className="font-serif text-[1.375rem] leading-snug font-semibold tracking-[-0.01em]">
                {title}
              </h2>
              <p className="mt-2.5 text-[0.9375rem] leading-relaxed text-soft">{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="ways" className="mx-auto max-w-wide px-4 pt-20 sm:px-6 lg:pt-28">
        <h2
          id="ways"
          className="font-serif text-4xl leading-tight font-medium tracking-[-0.018em] sm:text-[2.75rem]"
        >
          From a sentence to a book.
        </h2>
        <dl className="mt-10 grid gap-x-16 border-b border-line md:grid-cols-2">
          {ways.map(({ title, text }) => (
            <div key={title} className="border-t border-line py-6">
              <dt className="font-serif text-[1.375rem] leading-snug font-semibold tracking-[-0.01em]">
                {title}
              </dt>
              <dd className="mt-2 max-w-prose text-[0.9375rem] leading-relaxed text-soft">{text}</dd>
            </div>
          ))}
        </dl>
      </section>

      <section aria-labelledby="coins" className="mx-auto max-w-wide px-4 py-20 sm:px-6 lg:py-28">
        <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[1fr_1.1fr]">
          <div>
            <h2
              id="coins"
              className="font-serif text-4xl leading-tight font-medium tracking-[-0.018em] sm:text-[2.75rem]"
            >
              One coin, one page.
            </h2>
            <p className="mt-5 max-w-prose font-serif text-lg leading-relaxed text-soft">
              A KU Coin buys a page of 400 words from the balanced model. The fast model takes half a coin a
              page, the creative one a coin and a half, and the whole text is rounded up once.
            </p>
          </div>
          <PriceTable />
        </div>
        <dl className="mt-16 grid gap-x-12 gap-y-8 border-t border-line pt-10 md:grid-cols-3">
          {rules.map(({ title, text, way }) => (
            <div key={title}>
              <dt className="font-semibold">{title}</dt>
              <dd className="mt-1.5 text-[0.9375rem] leading-relaxed text-soft">
                {text}{" "}
                {way ? (
                  <a href={way.href} className="link">
                    {way.label}
                  </a>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      </section>

      <section className="border-t border-line bg-well">
        <div className="mx-auto flex max-w-wide flex-wrap items-center justify-between gap-x-10 gap-y-6 px-4 py-14 sm:px-6">
          <h2 className="font-serif text-3xl font-medium tracking-[-0.015em]">Begin with a sentence.</h2>
          <ButtonLink href={signInUrl()} variant="primary" size="lg">
            Sign in and write
          </ButtonLink>
        </div>
      </section>
    </>
  );
}
