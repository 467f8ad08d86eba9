import { describe, expect, it } from "vitest";
import { countWords } from "./word-count";
import { estimatePageBytes, estimateTextBytes } from "./text-size";

const SAMPLES: Record<string, string> = {
  English: "The keeper of the lighthouse wrote a letter, though nobody had asked her for one in years.",
  German: "Die Leuchtturmwärterin schrieb einen Brief, obwohl seit Jahren niemand danach gefragt hatte.",
  Russian: "Смотрительница маяка написала письмо, хотя уже много лет никто её об этом не просил.",
  Greek: "Η φύλακας του φάρου έγραψε ένα γράμμα, αν και κανείς δεν της το είχε ζητήσει εδώ και χρόνια.",
  Hindi: "प्रकाशस्तंभ की रखवाली करने वाली ने एक पत्र लिखा, हालाँकि बरसों से किसी ने उससे नहीं कहा था।",
  Japanese: "灯台守は手紙を書いた。何年も誰にも頼まれていなかったのに。",
  Korean: "등대지기는 몇 년 동안 아무도 부탁하지 않았는데도 편지를 썼다.",
};

describe("the estimate of a text's size", () => {
  it.each(Object.entries(SAMPLES))(
    "is not too small for %s, by its prompt or by its name",
    (language, text) => {
      const words = countWords(text);
      const bytes = Buffer.byteLength(text);
      expect(estimateTextBytes({ prompt: text, words })).toBeGreaterThanOrEqual(bytes);
      expect(estimateTextBytes({ prompt: "A letter", language, words })).toBeGreaterThanOrEqual(bytes);
    },
  );

  it("lets fifty pages of English into an empty workspace", () => {
    expect(estimatePageBytes({ prompt: "A lighthouse", pages: 50 })).toBeLessThan(1_048_576);
  });
});
