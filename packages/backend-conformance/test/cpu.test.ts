// The reference backend passes the suite.
import { cpuBackend } from "@crease/backend-cpu";
import { testBackend } from "../src/index.ts";

testBackend(cpuBackend);
