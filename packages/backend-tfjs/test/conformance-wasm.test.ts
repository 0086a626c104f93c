// The adapter passes the suite on tfjs's wasm backend.
import { testBackend } from "@crease/backend-conformance";
import { tfjsWasmBackend } from "../src/index.ts";

testBackend(() => tfjsWasmBackend());
