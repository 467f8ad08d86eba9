import { priceOfWords, quote } from "@/lib/contract/quote";
import { Coins, coinsInWords } from "@/lib/ui/coin";
import { figure } from "@/lib/ui/figure";

const asked = { model: "balanced", pages: 12 } as const;
const deliveredWords = 2_950;

/** A page that was stopped, and what it cost: the whole life of a coin on one sheet. Counted, not made up. */
export function ExampleSheet() {
  const offer = quote(asked);
  const charged = priceOfWords(deliveredWords, asked.model);
  const lines = [
    { name: "Quoted", note: `up to ${figure(offer.words)} words`, amount: offer.credits },
    { name: "Charged", note: `${figure(deliveredWords)} words delivered`, amount: charged },
    { name: "Returned", note: "never spent", amount: offer.credits - charged },
  ];
  return (
    <figure className="relative mx-auto w-full max-w-[30rem] lg:mx-0 lg:justify-self-end">
      <div
        aria-hidden="true"
        className="absolute inset-0 translate-x-2 translate-y-2 rounded-xs border border-line bg-sheet"
      />
      <div className="relative rounded-xs border border-line bg-sheet px-7 pt-8 pb-7 shadow-sheet sm:px-10 sm:pt-10">
        <p className="text-[0.8125rem] text-faint">
          Example · {asked.pages} pages, {asked.model} · page 8
        </p>
        <p className="mt-5 font-serif text-[1.0625rem] leading-[1.7] text-ink first-letter:float-left first-letter:mt-[0.07em] first-letter:mr-[0.08em] first-letter:text-[3.55em] first-letter:leading-[0.8] first-letter:text-accent">
          The letter had been under the lamp all winter, folded so small that she had taken it for a wedge. It
          was addressed to the keeper before her, in the hand of the keeper before him, and it had never been
          anywhere near the sea. She read it standing up. Then she put out the light, for the first time in
          nine years, and
          <span
            aria-hidden="true"
            className="ml-1 inline-block h-[1.1em] w-0.5 translate-y-[0.2em] bg-accent"
          />
        </p>
        <dl className="mt-7 border-t border-line pt-4 text-sm">
          {lines.map(({ name, note, amount }) => (
            <div key={name} className="flex items-baseline gap-3 py-1">
              <dt className="font-medium">{name}</dt>
              <dd className="flex flex-1 items-baseline justify-between gap-3">
                <span className="text-faint">{note}</span>
                <Coins amountCredits={amount} className="font-medium" />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <figcaption className="sr-only">
        An example: a text of {asked.pages} pages was stopped in the middle of a sentence on page 8. It was
        quoted at {coinsInWords(offer.credits)} and cost {coinsInWords(charged)}.
      </figcaption>
    </figure>
  );
}
