/** The public names of @crease/tensor. */
export {};
