// The adapter passes the suite on tfjs's WebGL backend, in a page.
import { testBackend } from "@crease/backend-conformance";
import { tfjsWebglBackend } from "../../src/index.ts";

testBackend(() => tfjsWebglBackend());
