// The capability table, backend by op by dtype, from the backends' traits and kernel tables and the conformance cases.
import {
  type Backend,
  type CompositeName,
  composites,
  type DType,
  UnsupportedOpError,
} from "../../../packages/backend/src/index.ts";
import { cases } from "../../../packages/backend-conformance/src/cases.ts";
import { cpuBackend } from "../../../packages/backend-cpu/src/index.ts";
import { type TfjsCore, tfjsBackend } from "../../../packages/backend-tfjs/src/index.ts";
import { wasmBackend } from "../../../packages/backend-wasm/src/index.ts";

/** Where the table is kept, from the root. */
export const capabilitiesFile = "docs/capabilities.md";

/** A backend, and where the conformance suite has passed on it. */
interface Column {
  readonly title: string;
  readonly backend: Backend;
  readonly seen: string;
}

/** Short names, widest first: the order in a cell. */
const short: { readonly [D in DType]?: string } = {
  float64: "f64",
  float32: "f32",
  float16: "f16",
  int32: "i32",
  int8: "i8",
  uint8: "u8",
  bool: "b",
};

/** The adapter's tables and traits depend on the name of tfjs's backend and on where it computes, not on its running. */
function tfjs(name: string, isUsingGpuDevice = false): Backend {
  const core: TfjsCore = {
    getBackend: () => name,
    getKernel: () => undefined,
    engine: () => ({ findBackend: () => ({ isUsingGpuDevice }) }),
  };
  return tfjsBackend(core) as Backend;
}

/** All backends, in the order of the columns. */
async function columns(): Promise<readonly Column[]> {
  return [
    { title: "cpu", backend: cpuBackend() as Backend, seen: "in Node and Chromium" },
    { title: "wasm", backend: (await wasmBackend({ threads: 1 })) as Backend, seen: "in Node and Chromium" },
    { title: "tfjs cpu", backend: tfjs("cpu"), seen: "in Node" },
    { title: "tfjs wasm", backend: tfjs("wasm"), seen: "in Node" },
    { title: "tfjs WebGL", backend: tfjs("webgl"), seen: "in Chromium, WebGL on the processor" },
    {
      title: "tfjs WebGPU",
      backend: tfjs("webgpu"),
      seen: "not: its shaders may drop NaN and infinities; in Chromium, on the processor, a network trains as on cpu",
    },
    { title: "cuda, device cpu", backend: tfjs("tensorflow"), seen: "in Node, libtensorflow 2.21 on a CPU" },
    { title: "cuda", backend: tfjs("tensorflow", true), seen: "not yet seen on a GPU" },
  ];
}

/** The whole document. */
export async function capabilities(): Promise<string> {
  const all = await columns();
  const lines = [
    "# What each backend can do",
    "",
    "Written by `pnpm capabilities` from the backends' traits and kernel",
    "tables and from the conformance cases; do not edit. `cuda` is `@crease/backend-cuda`, whose GPU column is not yet seen on a GPU.",
    "",
    "## Backends",
    "",
    row(
      "backend",
      "dtypes",
      "float32 agrees within",
      "int32 is exact up to",
      "says which index is out of range",
      "the suite has passed",
    ),
    row(...new Array<string>(6).fill("---")),
    ...all.map(({ title, backend: { traits }, seen }) => {
      const { rtol, atol } = traits.tolerance.float32;
      return row(
        title,
        listed(traits.dtypes),
        `${rtol} relative, ${atol} absolute`,
        `2^${Math.log2(traits.exactInt)}`,
        traits.checksIndices ? "yes" : "no",
        seen,
      );
    }),
    "",
    "Strings live on the cpu backend, wherever numbers do.",
    "",
    "## Operations",
    "",
    "The element types of each, as far as the backend has them: `f64 f32 f16` floats, `i32 i8 u8` integers, `b` bool.",
    "",
    row("op", ...all.map(({ title }) => title)),
    row("---", ...all.map(() => "---")),
    ...Object.entries(cases).flatMap(([op, { dtypes }]) =>
      isComposite(op) ? [] : [row(op, ...all.map(({ backend }) => cell(backend, op, dtypes)))],
    ),
    "",
    "## Composites",
    "",
    "Expressions of operations, which every backend computes; `kernel` where it has one kernel for all of it.",
    "",
    row("composite", ...all.map(({ title }) => title)),
    row("---", ...all.map(() => "---")),
    ...Object.keys(cases).flatMap((op) =>
      isComposite(op)
        ? [row(op, ...all.map(({ backend }) => (backend.composites.has(op) ? "kernel" : "composed")))]
        : [],
    ),
    "",
  ];
  for (const { title, backend } of all) if (title === "wasm") await backend.dispose();
  return lines.join("\n");
}

function isComposite(op: string): op is CompositeName {
  return composites.has(op as CompositeName);
}

/** Its element types, or the reason of an `unsupported`. */
function cell(backend: Backend, op: string, dtypes: readonly DType[]): string {
  const reason = reasonOf(backend, op);
  return reason ?? listed(dtypes.filter((dtype) => backend.traits.dtypes.includes(dtype)));
}

/** An op without a kernel refuses before it looks at its inputs; any other error comes out of a kernel that is there. */
function reasonOf(backend: Backend, op: string): string | undefined {
  try {
    backend.run(op as never, [] as never, {} as never, [] as never);
  } catch (error) {
    if (error instanceof UnsupportedOpError) return error.reason;
  }
  return undefined;
}

function listed(dtypes: readonly DType[]): string {
  return Object.entries(short)
    .flatMap(([dtype, text]) => (dtypes.includes(dtype as DType) ? [text] : []))
    .join(" ");
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
