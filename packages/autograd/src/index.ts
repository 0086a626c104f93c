/** Automatic differentiation: gradient tapes, and gradients of functions. */
export { checkGradients, type GradientCheckOptions, type GradientReport } from "./checkGradients.ts";
export { customGradient, type WithGradient } from "./customGradient.ts";
export { grad } from "./grad.ts";
export { hessian } from "./hessian.ts";
export { jacobian } from "./jacobian.ts";
export type { Gradients, Source, Sources } from "./sources.ts";
export { type GradientOptions, GradientTape, type GradientTapeOptions } from "./tape.ts";
export { type GradientsOf, type Tensors, valueAndGrad } from "./valueAndGrad.ts";
