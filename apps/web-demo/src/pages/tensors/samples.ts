/** The tensors of page 2, made by Crease from what the page asks for. */
import { concat, oneHot, randomNormal, scope, stack, type Tensor, tensor } from "@crease/tensor";
import type { Source } from "./calls.ts";
import { filmCount, filmShape, paintFilms, paintPictures, pictureShape } from "./pictures.ts";
import { tweetCodes, tweetLength, tweetSymbols, tweetTexts } from "./tweetCodes.ts";

/** The chapter's matrix. */
const rows = [
  [5, 78, 2, 34, 0],
  [6, 79, 3, 35, 1],
  [7, 80, 4, 36, 2],
];

/** Days of a year of trading, minutes of a day. */
const [days, minutes] = [250, 390];

/** A new tensor; the caller disposes it. */
export function makeTensor(source: Source): Tensor {
  switch (source.kind) {
    case "scalar":
      return tensor(source.value);
    case "vector":
      return tensor(source.values);
    case "matrix":
      return tensor(rows);
    case "stock":
      return makePrices();
    case "tweets":
      return makeTweets([...tweetTexts, source.text]);
    case "images":
      return makeImages(source.own);
    case "video":
      return tensor(paintFilms(), { shape: [filmCount, ...filmShape] });
  }
}

/**
 * A random walk over all minutes of the year, and the lowest and highest price of each minute around it.
 * The last axis holds: price, high, low.
 */
function makePrices(): Tensor {
  return scope(() => {
    const steps = randomNormal([days * minutes], { seed: 11, stddev: 0.0011 });
    const price = steps.cumSum(0).exp().mul(100).reshape([days, minutes]);
    const above = randomNormal([days, minutes], { seed: 12 }).abs().mul(0.12);
    const below = randomNormal([days, minutes], { seed: 13 }).abs().mul(0.12);
    return stack([price, price.add(above), price.sub(below)], -1);
  });
}

/** One row for each place in a text, 1 at the code of its character; what has no code there gives a row of zeros. */
function makeTweets(texts: readonly string[]): Tensor {
  return scope(() => {
    const codes = tensor(Int32Array.from(texts.flatMap(tweetCodes)), { shape: [texts.length, tweetLength] });
    return oneHot(codes, tweetSymbols, { dtype: "uint8" });
  });
}

function makeImages(own: Uint8Array | undefined): Tensor {
  return scope(() => {
    const pictures = paintPictures().map((bytes) => tensor(bytes, { shape: [1, ...pictureShape] }));
    if (own !== undefined) pictures.push(tensor(own, { shape: [1, ...pictureShape] }));
    return concat(pictures);
  });
}
