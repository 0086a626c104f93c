/** The public names of @crease/metrics. */
export {};
