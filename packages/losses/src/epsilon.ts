/** The smallest probability that a logarithm is taken of: Keras's `backend.epsilon()`. */
export const epsilon = 1e-7;
