// The adapter passes the suite on tfjs's own cpu backend.
import { testBackend } from "@crease/backend-conformance";
import { tfjsCpu } from "./tfjsCpu.ts";

testBackend(tfjsCpu);
