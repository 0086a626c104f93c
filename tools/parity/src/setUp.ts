/** Set-up of test files under `pnpm parity`: all tensors live on the backend that CREASE_BACKEND names. */
import { setBackend } from "@crease/tensor";
import { makeBackend } from "./backends.ts";

const name = process.env.CREASE_BACKEND ?? "cpu";
if (name !== "cpu") setBackend(await makeBackend(name));
