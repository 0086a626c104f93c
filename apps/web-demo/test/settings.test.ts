/** Settings as text and in addresses: what is right comes through, what is wrong is found and replaced. */
import { describe, expect, test } from "vitest";
import {
  defaultDraft,
  isSameNetwork,
  readDraft,
  readQuery,
  type Settings,
  writeQuery,
} from "../src/pages/network/settings.ts";

const chapter = defaultDraft("wasm");

test("the chapter's settings", () => {
  expect(readDraft(chapter).settings).toEqual({
    units: 512,
    activation: "relu",
    optimizer: "rmsprop",
    learningRate: 0.001,
    batchSize: 128,
    epochs: 5,
    backend: "wasm",
  });
});

test.each([
  ["units", "0"],
  ["units", "5000"],
  ["units", "1.5"],
  ["units", "many"],
  ["units", ""],
  ["learningRate", "0"],
  ["learningRate", "-1"],
  ["learningRate", "1e9"],
  ["learningRate", "0x10"],
  ["learningRate", "Infinity"],
  ["batchSize", "60001"],
  ["epochs", "101"],
  ["activation", "constructor"],
  ["optimizer", "toString"],
  ["backend", "cuda"],
] as const)("%s %o is refused", (field, text) => {
  expect(readDraft({ ...chapter, [field]: text })).toEqual({ wrong: [field] });
});

test.each(["0.01", ".5", "1e-3", " 3 "])("a learning rate of %o is read", (text) => {
  expect(readDraft({ ...chapter, learningRate: text }).settings?.learningRate).toBe(Number(text));
});

describe("addresses", () => {
  test("what is written is read", () => {
    const draft = { ...chapter, units: "64", optimizer: "sgd", learningRate: "0.5", backend: "cpu" };
    expect(readQuery(writeQuery(draft), chapter)).toEqual({ draft, bad: [] });
  });

  test("another optimizer brings its learning rate", () => {
    expect(readQuery(new URLSearchParams("optimizer=sgd"), chapter).draft.learningRate).toBe("0.01");
    expect(readQuery(new URLSearchParams("optimizer=sgd&learningRate=2"), chapter).draft.learningRate).toBe("2");
  });

  test("what cannot be meant is listed and left as it was", () => {
    const query = new URLSearchParams("units=abc&epochs=3&colour=red&optimizer=__proto__");
    const { draft, bad } = readQuery(query, chapter);
    expect(draft).toEqual({ ...chapter, epochs: "3" });
    expect(bad).toEqual([
      { name: "units", value: "abc", instead: "512" },
      { name: "colour", value: "red", instead: undefined },
      { name: "optimizer", value: "__proto__", instead: "rmsprop" },
    ]);
  });
});

test("a network goes on with other epochs only", () => {
  const { settings } = readDraft(chapter) as { settings: Settings };
  expect(isSameNetwork(settings, { ...settings, epochs: 1 })).toBe(true);
  expect(isSameNetwork(settings, { ...settings, units: 1 })).toBe(false);
});
