/** The texts of page 1 in English. */

/** By key; `ko.ts` has the same keys. */
export const en = {
  lede: "A network of two layers learns to read handwritten digits, here, in your browser.",
};
