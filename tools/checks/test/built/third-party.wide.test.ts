// A backend of somebody else: written against the packed types, it compiles and passes the conformance suite,
// on each Node with the newest vitest that runs there. Installs vitest from the registry, so wide tier only.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installPacked, listNodes } from "../../src/pack.ts";
import { root } from "../../src/workspace.ts";

const backend = `
import type { Attrs, Backend, CompositeName, Data, Inputs, KernelName, Memory, Operand, Outputs, Spec, Traits } from "@crease/backend";
import { cpuBackend, type CpuBuffer } from "@crease/backend-cpu";

/** A handle of its own: a ticket for a buffer of the backend that it relays to. */
interface Ticket {
  readonly buffer: CpuBuffer;
}

export class RelayBackend implements Backend<Ticket> {
  readonly name: string = "relay";
  readonly #relayed = cpuBackend();
  readonly traits: Traits = this.#relayed.traits;
  readonly composites: ReadonlySet<CompositeName> = new Set();

  upload(data: Data, spec: Spec): Ticket {
    return { buffer: this.#relayed.upload(data, spec) };
  }

  download(x: Operand<Ticket>): Promise<Data> {
    return this.#relayed.download({ ...x, handle: x.handle.buffer });
  }

  run<K extends KernelName | CompositeName>(
    op: K,
    inputs: Inputs<K, Operand<Ticket>>,
    attrs: Attrs<K>,
    outs: Outputs<K, Spec>,
  ): Outputs<K, Ticket> {
    const given = (inputs as readonly Operand<Ticket>[]).map(({ handle, dtype, shape }) => ({ handle: handle.buffer, dtype, shape }));
    const buffers = this.#relayed.run(op, given as unknown as Inputs<K, Operand<CpuBuffer>>, attrs, outs) as unknown as readonly CpuBuffer[];
    return buffers.map((buffer) => ({ buffer })) as unknown as Outputs<K, Ticket>;
  }

  release({ buffer }: Ticket): void {
    this.#relayed.release(buffer);
  }

  flush(): Promise<void> {
    return this.#relayed.flush();
  }

  memory(): Memory {
    return this.#relayed.memory();
  }

  dispose(): Promise<void> {
    return this.#relayed.dispose();
  }
}
`;

const suite = `
import { testBackend } from "@crease/backend-conformance";
import { RelayBackend } from "./relay.ts";

testBackend(() => new RelayBackend());
`;

const compilerOptions = {
  target: "es2022",
  lib: ["es2022", "esnext.disposable", "dom"],
  module: "nodenext",
  types: [],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

// vitest 5 needs Node 22 or newer, vitest 4 runs on 20: both are in the suite's peer range.
const newest = (version: string) => (version.startsWith("v20.") ? "^4.1.0" : "^5.1.0");

test.each(listNodes())("a third-party backend passes the conformance suite on Node $version", (node) => {
  const names = ["@crease/backend", "@crease/backend-conformance", "@crease/backend-cpu"];
  const installed = installPacked(names, { vitest: newest(node.version) }, node);
  try {
    installed.write("relay.ts", backend);
    installed.write("relay.test.ts", suite);
    installed.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["relay.test.ts"] }));
    expect(installed.run(join(root, "node_modules/.bin/tsc"), ["-p", "."])).toBe("");
    installed.run(node.path, ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", "--outputFile=report.json"]);
    const report = JSON.parse(readFileSync(join(installed.folder, "report.json"), "utf8"));
    expect(report).toMatchObject({ success: true, numFailedTests: 0 });
    expect(report.numPassedTests).toBeGreaterThan(100);
  } finally {
    installed.remove();
  }
});
