/** The worker's side of page 1. */
import { tensor } from "@crease/tensor";
import type { Handlers } from "../../compute/serve.ts";
import type { NetworkCalls } from "./calls.ts";

/** The handlers. */
export function networkService(): Handlers<NetworkCalls> {
  return {
    add: async (numbers) =>
      tensor([...numbers])
        .sum()
        .item() as Promise<number>,
  };
}
