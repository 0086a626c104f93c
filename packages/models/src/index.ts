/** The public names of @crease/models. */
export {};
