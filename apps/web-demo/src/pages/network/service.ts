/** The worker's side of page 1. What trains is loaded when it is first used: the page itself opens without it. */
import { ValueError } from "@crease/backend";
import { type Handlers, Transferring } from "../../compute/serve.ts";
import type { NetworkCalls } from "./calls.ts";
import type { Desk } from "./desk.ts";
import { type Digits, fetchDigits, samplesOf } from "./digits.ts";

/** Digits of each class to pick from. */
const samplesEach = 3;

/** The handlers. */
export function networkService(): Handlers<NetworkCalls> {
  let digits: Digits | undefined;
  let desk: Promise<Desk> | undefined;
  const open = (): Promise<Desk> => {
    desk ??= import("./desk.ts").then(({ Desk }) => new Desk());
    // A connection that failed may be back at the next call.
    desk.catch(() => {
      desk = undefined;
    });
    return desk;
  };
  const loaded = (): Digits => {
    if (digits !== undefined) return digits;
    throw new ValueError({ op: "train", problem: "the digits are not there yet", fix: "Wait until they are loaded" });
  };
  return {
    loadDigits: async ({ folder }, { emit }) => {
      digits ??= await fetchDigits(folder, (have, total) => emit({ loaded: have, total }));
      return { samples: samplesOf(digits.test, samplesEach) };
    },
    train: async (input, context) => (await open()).train(loaded(), input, context),
    steer: async (command) => (await open()).steer(command),
    classify: async (pixels) => (await open()).classify(pixels),
    reset: async () => (await open()).reset(),
    saveModel: async () => {
      const bytes = await (await open()).saveModel();
      return bytes === null ? null : new Transferring(bytes, [bytes.buffer]);
    },
    loadModel: async (input) => (await open()).loadModel(loaded(), input),
  };
}
