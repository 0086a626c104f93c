/** The numbered rules of SPEC.md in @crease/backend, in a few words each: what the checks cite. */

/** The rules that a backend can keep or break. */
export const rules = {
  R1: "buffers are dense and row-major",
  R2: "upload copies",
  R3: "download copies",
  R4: "elements cross the border in the agreed arrays",
  R5: "release leaves other buffers intact",
  R6: "memory() counts, and returns to its start",
  R7: "results follow program order",
  R9: "one new handle for each output, of its shape and dtype",
  R10: "inputs stay as they are",
  R11: "no output is an input's buffer",
  R12: "one handle may be several inputs",
  R13: "updates overwrite unshared operands only",
  R14: "a kernel, or an UnsupportedOpError with its reason",
  R16: "inputs broadcast",
  R17: "rank 0 and size 0 are legal",
  R18: "matmul broadcasts leading axes and takes its flags",
  R19: "every dtype of its traits is stored, others raise DTypeError",
  R20: "floats agree within traits.tolerance",
  R21: "integers are exact and wrap",
  R22: "arithmetic of bool",
  R23: "casts cut, saturate and wrap",
  R24: "strings move and compare",
  R25: "NaN propagates",
  R26: "halves round to even",
  R27: "signs and zeros of division with rest",
  R28: "integer powers",
  R29: "positions of the first largest",
  R30: "sorting is stable, NaN is largest",
  R31: "indices count from 0 and are never negative",
  R32: "an index out of range raises ValueError where it stands",
  R33: "scatterAdd adds up",
  R34: "Philox bits",
  R35: "uniform numbers from Philox bits",
  R36: "only the composites it names reach a backend",
  R37: "composites agree with their definitions",
  R38: "dispose gives back this backend's buffers and no other's",
} as const;

/** A rule's number in SPEC.md. */
export type Rule = keyof typeof rules;

/** The rules of SPEC.md without a check, and why. */
export const unchecked = {
  R8: "it binds the caller of `run`: valid inputs are what the front end promises to a backend",
  R15: "it binds the front end, whose tests show that views make no call",
} as const;
