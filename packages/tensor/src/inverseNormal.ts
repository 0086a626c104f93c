/** The inverse of the normal distribution function, in tensor ops. */
import { scope } from "./scope.ts";
import { run, type Tensor } from "./tensor.ts";

/*
 * Numerator and denominator of the two rational functions, lowest power first: Wichura, Algorithm AS 241, Applied
 * Statistics 37 (1988), PPND16, about 16 digits. Its third one serves probabilities below 1e-11, which 24 random
 * bits never give.
 */
const central = {
  p: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  q: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
} as const;
const tail = {
  p: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  q: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
} as const;

/**
 * The number below which a standard normal variable falls with probability `centred + 0.5`.
 *
 * @param centred Probabilities less 0.5, inside (-0.5, 0.5): so the ones near both ends keep all their digits.
 */
export function inverseNormal(centred: Tensor): Tensor {
  const middle = centred.mul(rational(central, centred.square().neg().add(0.180625)));
  const end = centred.abs().neg().add(0.5).log().neg().sqrt().sub(1.6);
  const outside = centred.sign().mul(rational(tail, end));
  return run("select", [centred.abs().lessEqual(0.425), middle, outside], {})[0];
}

function rational({ p, q }: { readonly p: readonly number[]; readonly q: readonly number[] }, x: Tensor): Tensor {
  return scope(() => polynomial(p, x).div(polynomial(q, x)));
}

/** Horner's rule; each step gives up the one before it, so that memory stays at a few tensors. */
function polynomial(coefficients: readonly number[], x: Tensor): Tensor {
  const last = coefficients.length - 1;
  let sum = scope(() => x.mul(coefficients[last] as number).add(coefficients[last - 1] as number));
  for (let i = last - 2; i >= 0; i--) {
    const next = scope(() => sum.mul(x).add(coefficients[i] as number));
    sum.dispose();
    sum = next;
  }
  return sum;
}
