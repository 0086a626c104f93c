// The adapter passes the suite on tfjs's wasm backend, and leaves no data in tfjs.
import { testBackend } from "@crease/backend-conformance";
import { tfjsWasmBackend } from "../src/index.ts";
import { expectNoData } from "./expectNoData.ts";

expectNoData("wasm");
testBackend(() => tfjsWasmBackend());
