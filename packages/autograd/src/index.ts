/** The public names of @crease/autograd. */
export {};
