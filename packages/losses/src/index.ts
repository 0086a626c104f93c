/** The public names of @crease/losses. */
export {};
