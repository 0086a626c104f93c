/** A training that has all that a checkpoint must keep, and ends in a second. */

/** 60 steps an epoch, with all that has a state: dropout, an optimizer's slots, validation, patience. */
export const smallRun: readonly string[] = [
  ...["train", "mnist", "--limit", "300", "--validation-split", "0.1", "--batch-size", "5", "--seed", "3"],
  ...["--model", "8 relu, dropout 0.2, 10 softmax", "--optimizer", "adam", "--patience", "50", "--quiet"],
];
