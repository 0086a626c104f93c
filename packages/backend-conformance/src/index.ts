/** The public names of @crease/backend-conformance. */
export type { RunName } from "./check.ts";
export type { Skip } from "./skip.ts";
export { type TestBackendOptions, testBackend } from "./testBackend.ts";
