/** The public names of crease. */
export {};
