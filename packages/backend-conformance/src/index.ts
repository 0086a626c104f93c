/** The public names of @crease/backend-conformance. */
export {};
