/** The public names of @crease/optimizers. */
export {};
