/** The texts of the shell and of shared components in English. */

/** By key; `ko.ts` has the same keys. */
export const en = {
  brandLine: "Deep learning, unfolded",
  skip: "Skip to the content",
  pages: "Pages",
  networkTitle: "A first network",
  tensorsTitle: "Data as tensors",
  operationsTitle: "Tensor operations",
  paperTitle: "The paper ball",
  descentTitle: "Gradient descent",
  pageOf: "{number} of {count}",
  language: "Language",
  darkMode: "Dark colours",
  loading: "Loading…",
  pageFailed: "This page could not be loaded. Check the connection, then try again.",
  tryAgain: "Try again",
  close: "Close",
  noPage: "There is no page at this address. These are the pages:",
  previousPage: "Before this",
  nextPage: "Next",
  footer:
    "A companion to chapter 2 of *Deep Learning with Python* by François Chollet. Everything on these pages is computed in your browser by the packages of Crease; nothing you draw or type leaves it.",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "The browser does not allow copying here. Select the text and copy it yourself.",
  computeLost: "The background computation has ended: {reason}. What the page shows stays; restart to compute again.",
  computeSilent: "The background computation has not answered for a while. Wait, or restart it.",
  restart: "Restart",
  reasonUnknown: "the browser gave no reason",
};
