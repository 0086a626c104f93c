/** The worker in which all tensor work happens. */
import { serve, type WorkerPort } from "./serve.ts";

serve(globalThis as unknown as WorkerPort, {
  network: () => import("../pages/network/service.ts").then(({ networkService }) => networkService()),
  tensors: () => import("../pages/tensors/service.ts").then(({ tensorsService }) => tensorsService()),
  operations: () => import("../pages/operations/service.ts").then(({ operationsService }) => operationsService()),
  paper: () => import("../pages/paper/service.ts").then(({ paperService }) => paperService()),
  descent: () => import("../pages/descent/service.ts").then(({ descentService }) => descentService()),
});
