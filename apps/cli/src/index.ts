/** The public names of @crease/cli. */
export {};
