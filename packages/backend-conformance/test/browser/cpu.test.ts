// The reference backend passes the suite in a page too.
import { cpuBackend } from "@crease/backend-cpu";
import { testBackend } from "../../src/index.ts";

testBackend(cpuBackend);
