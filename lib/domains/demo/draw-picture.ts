import "server-only";
import { createHash } from "node:crypto";
import { encodePng } from "./png";

type Colour = readonly [number, number, number];

interface Mood {
  readonly words: RegExp;
  readonly sky: readonly [Colour, Colour];
  readonly light: Colour;
  readonly near: Colour;
}

/** The first whose words stand in the prompt; else the prompt's hash picks. */
const MOODS: readonly Mood[] = [
  {
    words: /night|moon|star|dark/i,
    sky: [
      [22, 26, 46],
      [70, 74, 110],
    ],
    light: [240, 232, 205],
    near: [12, 13, 22],
  },
  {
    words: /sea|ocean|water|rain|river|lake/i,
    sky: [
      [196, 214, 219],
      [238, 232, 214],
    ],
    light: [250, 246, 232],
    near: [28, 62, 78],
  },
  {
    words: /forest|tree|wood|spring|green/i,
    sky: [
      [214, 221, 190],
      [244, 238, 216],
    ],
    light: [252, 244, 210],
    near: [32, 54, 38],
  },
  {
    words: /red|fire|dusk|dawn|sun|autumn|desert/i,
    sky: [
      [203, 106, 84],
      [246, 214, 164],
    ],
    light: [253, 238, 200],
    near: [92, 22, 26],
  },
];

const SKY_STEPS = 10;
const HILLS = 5;

/** A small landscape, a PNG: the same prompt is always the same picture. */
export function drawPicture(prompt: string, size: number): Buffer {
  const random = dice(prompt);
  const chosen = MOODS.find(({ words }) => words.test(prompt)) ?? MOODS[Math.floor(random() * MOODS.length)];
  const mood = chosen as Mood; // the list is not empty, and the index within it
  const palette = [
    ...steps(mood.sky[0], mood.sky[1], SKY_STEPS),
    mood.light,
    ...steps(mix(mood.sky[1], mood.near, 0.35), mood.near, HILLS),
  ];
  const sun = { x: 0.2 + random() * 0.6, y: 0.2 + random() * 0.25, radius: 0.06 + random() * 0.07 };
  const ridges = Array.from({ length: HILLS }, (_, nth) => ridge(random, nth));
  const pixels = new Uint8Array(size * size);
  for (let x = 0; x < size; x++) {
    const heights = ridges.map((height) => height(x / size));
    for (let y = 0; y < size; y++) pixels[y * size + x] = colourAt(x / size, y / size, sun, heights);
  }
  return encodePng(size, palette, pixels);
}

function colourAt(
  x: number,
  y: number,
  sun: { x: number; y: number; radius: number },
  heights: number[],
): number {
  const hill = heights.findLastIndex((height) => y > height);
  if (hill >= 0) return SKY_STEPS + 1 + hill;
  if (Math.hypot(x - sun.x, y - sun.y) < sun.radius) return SKY_STEPS;
  return Math.min(SKY_STEPS - 1, Math.floor((y / 0.75) * SKY_STEPS));
}

/** The line of the nth hill from behind: two waves, lower the nearer it stands. */
function ridge(random: () => number, nth: number): (x: number) => number {
  const [a, b, c, d] = [random(), random(), random(), random()];
  const base = 0.45 + nth * 0.11;
  return (x) =>
    base +
    0.05 * Math.sin((x * (1.2 + a) + b) * 2 * Math.PI) +
    0.022 * Math.sin((x * (3 + 3 * c) + d) * 2 * Math.PI);
}

/** Numbers from 0 to 1 that only the words decide. */
function dice(words: string): () => number {
  let block = createHash("sha256").update(words).digest();
  let at = 0;
  return () => {
    if (at + 4 > block.length) {
      block = createHash("sha256").update(block).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32BE(at - 4) / 2 ** 32;
  };
}

function steps(from: Colour, to: Colour, count: number): Colour[] {
  return Array.from({ length: count }, (_, nth) => mix(from, to, nth / (count - 1)));
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const part = (nth: 0 | 1 | 2) => Math.round(from[nth] + (to[nth] - from[nth]) * share);
  return [part(0), part(1), part(2)];
}
