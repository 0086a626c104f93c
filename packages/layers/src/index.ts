/** The public names of @crease/layers. */
export {};
