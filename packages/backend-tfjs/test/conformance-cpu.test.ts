// The adapter passes the suite on tfjs's cpu backend, and leaves no data in tfjs.
import { testBackend } from "@crease/backend-conformance";
import { expectNoData } from "./expectNoData.ts";
import { tfjsCpu } from "./tfjsCpu.ts";

expectNoData("cpu");
testBackend(tfjsCpu);
