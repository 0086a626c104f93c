/** What libtensorflow computes on. */
export type Device = "gpu" | "cpu";
