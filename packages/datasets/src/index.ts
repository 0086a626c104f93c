/** The public names of @crease/datasets. */
export {};
