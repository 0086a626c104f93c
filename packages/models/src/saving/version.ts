/** The version of Keras whose files are written. */

/** Keras 3.15's forms of `.keras` and `.h5`. */
export const kerasVersion = "3.15.1";
