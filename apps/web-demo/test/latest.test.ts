/** Questions that follow the reader's hand: one at a time, the last one always asked. */
import { expect, test } from "vitest";
import { ComputeError, ComputeLostError } from "../src/compute/compute.ts";
import { Latest } from "../src/compute/latest.ts";

interface Asked {
  readonly input: number;
  answer(output: string): void;
  refuse(error: Error): void;
}

function makeLatest() {
  const asked: Asked[] = [];
  const latest = new Latest<number, string>(
    (input) => new Promise((answer, refuse) => asked.push({ input, answer, refuse })),
  );
  return { asked, latest };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("what was wanted in between is left out", async () => {
  const { asked, latest } = makeLatest();
  for (const input of [1, 2, 3]) latest.ask(input);
  expect(asked.map(({ input }) => input)).toEqual([1]);
  asked[0]?.answer("one");
  await settle();
  expect(asked.map(({ input }) => input)).toEqual([1, 3]);
  asked[1]?.answer("three");
  await settle();
  expect(latest.answer.value).toEqual({ kind: "ready", input: 3, output: "three" });
});

test("a refusal keeps the message and the answer before it; a lost worker changes nothing", async () => {
  const { asked, latest } = makeLatest();
  latest.ask(1);
  asked[0]?.answer("one");
  await settle();
  latest.ask(2);
  asked[1]?.refuse(new ComputeError("ShapeError", "add: no."));
  await settle();
  expect(latest.answer.value).toEqual({ kind: "refused", input: 2, error: "ShapeError", message: "add: no." });
  expect(latest.ready.value).toEqual({ input: 1, output: "one" });
  latest.ask(3);
  asked[2]?.refuse(new ComputeLostError("gone"));
  await settle();
  expect(latest.answer.value?.input).toBe(2);
  latest.ask(4);
  asked[3]?.answer("four");
  await settle();
  expect(latest.ready.value).toEqual({ input: 4, output: "four" });
});
