/** The public names of @crease/backend-cpu. */
export {};
