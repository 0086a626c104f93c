/** Configurations: files of all kinds, `--set`, what is refused before data load, and the schema for editors. */
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configJsonSchema } from "@crease/cli";
import { describe, expect, test } from "vitest";
import { checkConfig, setValues } from "../src/checkConfig.ts";
import { configEntries } from "../src/configSchema.ts";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const schemaFile = new URL("../config.schema.json", import.meta.url);
const small = { data: "mnist", limit: 100, epochs: 1, model: "8 relu, 10 softmax", seed: 1 };
/** A package's folder where a project has it installed. */
async function install(project: string): Promise<void> {
  await mkdir(join(project, "node_modules", "@crease"), { recursive: true });
  await symlink(fileURLToPath(new URL("..", import.meta.url)), join(project, "node_modules", "@crease", "cli"));
}

async function trained(cwd: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCrease(["train", "--json", "--quiet", ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout.split("\n")[0] as string);
}

describe("configuration files", () => {
  test("JSON, with an address of its schema", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "crease.config.json"), JSON.stringify({ $schema: "./config.schema.json", ...small }));
    expect(await trained(cwd)).toMatchObject({ data: "mnist", model: small.model, epochs: 1 });
  });

  test("TypeScript with defineConfig, paths counted from the file", async () => {
    const cwd = await temporaryFolder();
    await install(cwd);
    await mkdir(join(cwd, "inner"));
    const model =
      "({ layers, models, inputShape, outputs }: ModelContext) => new models.Sequential([layers.Input({ shape: inputShape }), new layers.Dense(outputs, { activation: 'softmax' })])";
    await writeFile(
      join(cwd, "inner", "model.ts"),
      `import type { ModelContext } from "@crease/cli";\nexport default ${model};\n`,
    );
    await writeFile(
      join(cwd, "inner", "my.config.ts"),
      `import { defineConfig } from "@crease/cli";\nconst rate: number = 0.5;\nexport default defineConfig({ ...${JSON.stringify(small)}, model: "./model.ts", learningRate: rate, out: "here" });\n`,
    );
    const start = await trained(cwd, "--config", "inner/my.config.ts");
    expect(start).toMatchObject({ learningRate: 0.5, parameters: 7850 });
    expect(await readdir(join(cwd, "inner", "here"))).toContain("config.json");
  });

  test("a module; options go over it, and --set over options", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "crease.config.mjs"), `export default ${JSON.stringify({ ...small, batchSize: 10 })};\n`);
    const start = await trained(
      cwd,
      ...["--optimizer", "sgd", "--epochs", "2"],
      ...["--set", "epochs=1", "--set", "optimizer.momentum=0.9"],
    );
    expect(start).toMatchObject({ batchSize: 10, epochs: 1 });
    const saved = JSON.parse(await readFile(join(cwd, "runs", "mnist-1", "config.json"), "utf8"));
    expect(saved.optimizer).toEqual({ name: "sgd", momentum: 0.9 });
  });

  test.each<[string, string, string, RegExp]>([
    [
      "an unknown key",
      "crease.config.json",
      '{"epocs": 3}',
      /crease\.config\.json: unknown key "epocs"\. Did you mean "epochs"\?/,
    ],
    ["a prototype's key", "crease.config.json", '{"__proto__": 3, "data": "mnist"}', /unknown key "__proto__"\./],
    ["a wrong type", "crease.config.json", '{"epochs": "3"}', /epochs takes a whole number from 1 on, not "3"/],
    ["a wrong choice", "crease.config.json", '{"backend": "wsam"}', /backend has no "wsam"\. Did you mean "wasm"\?/],
    ["broken JSON", "crease.config.json", "{", /crease\.config\.json: it is no JSON/],
    ["no object", "crease.config.json", "[]", /a configuration is an object of settings, not \[\]/],
    ["no default export", "crease.config.mjs", "export const a = 1;", /it has no default export/],
    ["a module that throws", "crease.config.mjs", 'throw new Error("no luck");', /it cannot be loaded \(no luck\)/],
    [
      "an unknown option of an optimizer",
      "crease.config.json",
      '{"data":"mnist","optimizer":{"name":"sgd","momentun":1}}',
      /optimizer sgd: unknown option "momentun"\. Did you mean "momentum"\?/,
    ],
    [
      "an unknown optimizer",
      "crease.config.json",
      '{"data":"mnist","optimizer":"adm"}',
      /unknown optimizer "adm"\. Did you mean "adam"\?/,
    ],
  ])("%s exits with 2 before anything is made", async (_, file, text, message) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, file), text);
    const { code, stdout, stderr } = await runCrease(["train"], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^crease: .*\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await readdir(cwd)).toEqual([file]);
  });
});

describe("--set", () => {
  test.each<[string, object]>([
    ["epochs=3", { epochs: 3 }],
    ["data=./a=b.csv", { data: "./a=b.csv" }],
    ['metrics=["accuracy"]', { metrics: ["accuracy"] }],
    ["optimizer.nesterov=true", { optimizer: { name: "sgd", nesterov: true } }],
    ["model=64 relu, 10 softmax", { model: "64 relu, 10 softmax" }],
  ])("%s", (assignment, expected) => {
    expect(setValues({ optimizer: "sgd" }, [assignment])).toEqual({ optimizer: "sgd", ...expected });
  });

  test.each<[string, RegExp]>([
    ["epochs", /--set epochs: there is no value\. Write a key and its value/],
    ["epocs=3", /unknown key "epocs"\. Did you mean "epochs"/],
    ["epochs=x", /epochs takes a whole number from 1 on, not "x"/],
    ["epochs.a=1", /"a" is looked for in 5, which has no keys/],
    ["__proto__.a=1", /names no key/],
    ["optimizer..a=1", /names no key/],
  ])("%s is refused", (assignment, message) => {
    expect(() => setValues({ epochs: 5 }, [assignment])).toThrow(message);
  });
});

describe("the schema for editors", () => {
  test("config.schema.json is what the code checks; `npm run schema` in apps/cli writes it anew", async () => {
    expect(JSON.parse(await readFile(schemaFile, "utf8"))).toEqual(configJsonSchema());
  });

  test("describes every key", () => {
    const properties = configJsonSchema().properties as Record<string, { description?: string }>;
    expect(Object.keys(properties)).toEqual(Object.keys(configEntries));
    for (const { description } of Object.values(properties)) expect(description).toMatch(/\w+ \w+/);
    expect(properties.epochs).toEqual({ description: "passes over the data", type: "integer", minimum: 1 });
    expect(properties.imageSize).toMatchObject({ type: "array", minItems: 2, items: false });
  });
});

test("checkConfig takes what the type allows", () => {
  const config = { ...small, optimizer: { name: "sgd", momentum: 0.9 }, imageSize: [8, 8], channels: 3 };
  expect(checkConfig(config, "test")).toEqual(config);
});
