// Backends that each break one rule of SPEC.md and keep the others as far as they can.
import {
  type CompositeName,
  decodeFloat16,
  encodeFloat16,
  sizeOf,
  UnsupportedOpError,
  ValueError,
} from "@crease/backend";
import type { Rule } from "../src/rule.ts";
import type { Skip } from "../src/skip.ts";
import {
  type Change,
  type Handle,
  type In,
  type Name,
  type Parts,
  type Request,
  rightParts,
} from "./wrappedBackend.ts";

/** What is wrong, the change that makes it so, and what the backend is excused from. */
export interface Broken {
  readonly what: string;
  readonly change: Change;
  readonly skip?: readonly Skip[];
  /** The parts that all backends of this kind start from, where they are not new ones for each. */
  readonly parts?: () => Parts;
}

type Numbers = Float32Array;

/** Another answer to some calls: null leaves the call to the right kernel. */
const answer =
  (other: (request: Request, right: Parts) => readonly Handle[] | null): Change =>
  (right) => ({ run: (request) => other(request, right) ?? right.run(request) });

/** The right outputs of one op, spoilt in place. */
const spoil = (op: Name, change: (outputs: readonly Numbers[], request: Request) => void): Change =>
  answer((request, right) => {
    if (request.op !== op) return null;
    const outputs = right.run(request);
    change(outputs as readonly Numbers[], request);
    return outputs;
  });

/** Elements of an elementwise op of two inputs of one shape, computed another way. */
const zip = (op: Name, dtypes: readonly string[], f: (x: number, y: number) => number): Change =>
  spoil(op, ([out], { inputs: [a, b] }) => {
    const [x, y] = [(a as In).handle as Numbers, (b as In).handle as Numbers];
    if (!dtypes.includes((a as In).dtype) || x.length !== y.length || x.length !== out?.length) return;
    for (let i = 0; i < x.length; i++) out[i] = f(x[i] as number, y[i] as number);
  });

/** Elements of an elementwise op of one float32 input, computed another way. */
const map = (op: Name, f: (x: number) => number): Change =>
  spoil(op, ([out], { inputs: [x] }) => {
    if (x?.dtype === "float32")
      (x.handle as Numbers).forEach((element, i) => {
        (out as Numbers)[i] = f(element);
      });
  });

/** The same call with other attributes. */
const attributes = (op: Name, change: (request: Request) => object): Change =>
  answer((request, right) =>
    request.op === op ? right.run({ ...request, attrs: { ...request.attrs, ...change(request) } }) : null,
  );

/** The same call with one input changed. */
const input = (op: Name, at: number, change: (x: Numbers, request: Request) => void): Change =>
  answer((request, right) => {
    if (request.op !== op) return null;
    const x = request.inputs[at] as In;
    const copy = { ...x, handle: (x.handle as Numbers).slice() };
    change(copy.handle as Numbers, request);
    return right.run({ ...request, inputs: request.inputs.map((other, i) => (i === at ? copy : other)) });
  });

const noSort: Skip = { ops: ["sort"], reason: "no sorting here" };

/** For each rule, the backends that break it. */
export const brokenBackends: { readonly [R in Rule]: readonly Broken[] } = {
  R1: [
    {
      what: "transpose moves nothing",
      change: spoil("transpose", ([out], { inputs: [x] }) => out?.set?.((x as In).handle as Numbers)),
    },
    {
      what: "slice starts one element late",
      change: attributes("slice", ({ attrs, inputs: [x] }) => ({
        start: attrs.start.map((first: number, axis: number) =>
          first + 1 + (attrs.shape[axis] - 1) * attrs.step[axis] < ((x as In).shape[axis] as number) &&
          attrs.step[axis] > 0
            ? first + 1
            : first,
        ),
      })),
    },
    { what: "pad ignores its value", change: attributes("pad", () => ({ value: 0 })) },
    {
      what: "elements are read in column order",
      change: (right) => ({
        downloadSync: (x) => {
          const data = right.downloadSync(x);
          return x.dtype === "float32" && x.shape.length === 2 && sizeOf(x.shape) > 0
            ? right.downloadSync({
                ...x,
                handle: right.run({
                  op: "transpose",
                  inputs: [x],
                  attrs: { perm: [1, 0] },
                  outs: [{ dtype: x.dtype, shape: [...x.shape].reverse() }],
                })[0] as Handle,
              })
            : data;
        },
      }),
    },
  ],
  R2: [
    {
      what: "upload keeps the caller's array",
      change: (right) => ({
        upload: (data, spec) => {
          const handle = right.upload(data, spec);
          return spec.dtype === "float32" ? (data as Numbers) : handle;
        },
      }),
    },
  ],
  R3: [
    {
      what: "download returns the buffer itself",
      change: (right) => ({
        downloadSync: (x) => (x.dtype === "int32" ? (x.handle as Int32Array) : right.downloadSync(x)),
      }),
    },
  ],
  R4: [
    {
      what: "bool is read as Int8Array",
      change: (right) => ({
        downloadSync: (x) =>
          x.dtype === "bool" ? Int8Array.from(right.downloadSync(x) as Uint8Array) : right.downloadSync(x),
      }),
    },
    {
      what: "float16 is read as float64",
      change: (right) => ({
        downloadSync: (x) =>
          x.dtype === "float16" ? Float64Array.from(right.downloadSync(x) as Numbers) : right.downloadSync(x),
      }),
    },
  ],
  R5: [
    {
      what: "release clears the buffer made after it",
      change: (right) => {
        const made: Handle[] = [];
        return {
          upload: (data, spec) => {
            const handle = right.upload(data, spec);
            made.push(handle);
            return handle;
          },
          release: (handle) => {
            right.release(handle);
            const next = made[made.indexOf(handle) + 1];
            if (next !== undefined && !Array.isArray(next)) next.fill(0);
          },
        };
      },
    },
  ],
  R6: [
    { what: "release forgets to count", change: () => ({ release: () => {} }) },
    { what: "exp leaves a buffer behind", change: spoilMemory("exp") },
    {
      what: "two buffers count as one",
      change: (right) => ({ memory: () => ({ ...right.memory(), buffers: Math.ceil(right.memory().buffers / 2) }) }),
    },
    { what: "bytes are not counted", change: (right) => ({ memory: () => ({ ...right.memory(), bytes: 0 }) }) },
  ],
  R7: [
    {
      what: "results of add arrive later than the next read",
      change: spoil("add", ([out]) => {
        const result = out?.slice() as Numbers;
        out?.fill(0);
        setTimeout(() => out?.set(result), 1);
      }),
    },
  ],
  R9: [
    {
      what: "sort returns its values only",
      change: answer((request, right) => {
        if (request.op !== "sort") return null;
        const [values, positions] = right.run(request) as [Handle, Handle];
        right.release(positions);
        return [values];
      }),
    },
    {
      what: "sum returns too many elements",
      change: answer((request, right) =>
        request.op === "sum" && request.inputs[0]?.dtype === "float32"
          ? [right.upload(new Float32Array(sizeOf(request.outs[0]?.shape ?? []) + 1), { dtype: "float32", shape: [] })]
          : null,
      ),
    },
    {
      what: "topK returns one handle twice",
      change: answer((request, right) => {
        if (request.op !== "topK" || request.inputs[0]?.dtype !== "int32") return null;
        const [values] = right.run(request) as [Handle];
        return [values, values];
      }),
    },
  ],
  R10: [
    {
      what: "neg works in its input",
      change: spoil("neg", ([out], { inputs: [x] }) => ((x as In).handle as Numbers).set(out as Numbers)),
    },
  ],
  R11: [
    {
      what: "relu of what has no negative elements returns its input",
      change: answer(({ op, inputs: [x] }) =>
        op === "relu" && (x as In).dtype !== "float16" && ((x as In).handle as Numbers).every((element) => element >= 0)
          ? [(x as In).handle]
          : null,
      ),
    },
    {
      what: "a cast to the same dtype returns its input",
      change: answer(({ op, inputs: [x], attrs }) =>
        op === "cast" && (x as In).dtype === attrs.dtype ? [(x as In).handle] : null,
      ),
    },
  ],
  R12: [
    {
      what: "sub of a buffer and itself is 1",
      change: spoil("sub", ([out], { inputs: [a, b] }) => {
        if (a?.handle === b?.handle) out?.fill(1);
      }),
    },
  ],
  R13: [
    {
      what: "sgdUpdate writes into what others share",
      change: answer((request, right) =>
        request.op === "sgdUpdate"
          ? right.run({ ...request, inputs: request.inputs.map((x) => ({ ...x, unshared: true })) })
          : null,
      ),
    },
    {
      what: "momentumUpdate returns its handles the other way round",
      change: answer((request, right) => {
        if (request.op !== "momentumUpdate") return null;
        const [variable, velocity] = right.run(request) as [Handle, Handle];
        const [x, v] = request.inputs as [In, In];
        if (variable !== x.handle || velocity !== v.handle) return [variable, velocity];
        const kept = variable.slice() as Numbers;
        (variable as Numbers).set(velocity as Numbers);
        (velocity as Numbers).set(kept);
        return [velocity, variable];
      }),
    },
  ],
  R14: [
    {
      what: "an unsupported op raises no reason",
      skip: [noSort],
      change: answer(({ op, inputs }) => {
        if (op === "sort") throw new UnsupportedOpError("wrapped", op, "", inputs);
        return null;
      }),
    },
    {
      what: "an unsupported op raises an error of JavaScript",
      skip: [noSort],
      change: answer(({ op }) => {
        if (op === "sort") throw new TypeError("sort is not a function");
        return null;
      }),
    },
    { what: "an op that should be unsupported runs", skip: [noSort], change: () => ({}) },
    {
      what: "an op is missing",
      change: answer(({ op, inputs }) => {
        if (op === "sort") throw new UnsupportedOpError("wrapped", op, "nobody was told", inputs);
        return null;
      }),
    },
  ],
  R16: [
    {
      what: "add repeats its inputs along the wrong axis",
      change: spoil("add", ([out], { inputs: [a, b] }) => {
        if (a?.dtype !== "float32" || b === undefined) return;
        const [x, y] = [a.handle as Numbers, b.handle as Numbers];
        out?.forEach((_, i) => {
          out[i] = (x[i % x.length] as number) + (y[i % y.length] as number);
        });
      }),
    },
  ],
  R17: [
    {
      what: "a sum over nothing is NaN",
      change: spoil("sum", ([out], { inputs: [x] }) => {
        if (x?.dtype === "float32" && x.handle.length === 0) out?.fill(Number.NaN);
      }),
    },
    {
      what: "a matmul of inner size 0 is not cleared",
      change: spoil("matmul", ([out], { inputs: [x] }) => {
        if (x?.handle.length === 0) out?.fill(7);
      }),
    },
  ],
  R18: [
    {
      what: "matmul drops transposeB where the sizes fit",
      change: attributes("matmul", ({ inputs: [, b], attrs }) => ({
        transposeB: attrs.transposeB && b?.shape.at(-1) !== b?.shape.at(-2),
      })),
    },
  ],
  R19: [
    {
      what: "float64 is stored as float32",
      change: (right) => ({
        upload: (data, spec) =>
          right.upload(spec.dtype === "float64" ? (data as Numbers).map(Math.fround) : data, spec),
      }),
    },
    {
      what: "int32 is stored as float32",
      change: (right) => ({
        upload: (data, spec) => right.upload(spec.dtype === "int32" ? (data as Numbers).map(Math.fround) : data, spec),
      }),
    },
  ],
  R20: [
    { what: "exp is right to four digits", change: map("exp", (x) => Math.exp(x) * 1.0001) },
    {
      what: "float16 is cut, not rounded",
      change: (right) => ({
        upload: (data, spec) => {
          const handle = right.upload(data, spec);
          if (spec.dtype !== "float16") return handle;
          const halves = handle as Uint16Array;
          decodeFloat16(halves).forEach((rounded, i) => {
            if (Math.abs(rounded) > Math.abs(data[i] as number))
              halves[i] = (encodeFloat16([rounded])[0] as number) - 1;
          });
          return halves;
        },
      }),
    },
    {
      what: "the gradient of mul flows through a wrong div",
      change: zip("div", ["float32"], (x, y) => (x / y) * 1.001),
    },
  ],
  R21: [
    { what: "int8 sums saturate", change: zip("add", ["int8"], (x, y) => Math.max(-128, Math.min(127, x + y))) },
    { what: "int32 products pass through doubles", change: zip("mul", ["int32"], (x, y) => x * y) },
  ],
  R22: [
    { what: "add of bool is exclusive", change: zip("add", ["bool"], (x, y) => x ^ y) },
    { what: "add of bool is 2", change: zip("add", ["bool"], (x, y) => x + y) },
  ],
  R23: [
    {
      what: "casts round",
      change: spoil("cast", ([out], { inputs: [x], attrs }) => {
        if (x?.dtype === "float32" && attrs.dtype === "int32")
          (x.handle as Numbers).forEach((element, i) => {
            (out as Numbers)[i] = Math.round(Math.max(Math.min(element, 2147483647), -2147483648));
          });
      }),
    },
    {
      what: "casts of floats wrap",
      change: spoil("cast", ([out], { inputs: [x], attrs }) => {
        if (x?.dtype === "float32" && attrs.dtype === "int8") out?.set(Int8Array.from(x.handle as Numbers) as never);
      }),
    },
    {
      what: "NaN is false",
      change: spoil("cast", ([out], { inputs: [x], attrs }) => {
        if (x?.dtype === "float64" && attrs.dtype === "bool")
          (x.handle as Numbers).forEach((element, i) => {
            (out as Numbers)[i] = element ? 1 : 0;
          });
      }),
    },
  ],
  R24: [
    {
      what: "strings compare by code units",
      change: spoil("less", ([out], { inputs: [a, b] }) => {
        if (a?.dtype !== "string" || a.handle.length !== b?.handle.length) return;
        (a.handle as string[]).forEach((word, i) => {
          (out as Numbers)[i] = word < ((b.handle as string[])[i] as string) ? 1 : 0;
        });
      }),
    },
    {
      what: "strings are padded with undefined",
      change: answer((request, right) => {
        if (request.op !== "pad" || request.inputs[0]?.dtype !== "string") return null;
        const [words] = right.run(request) as [string[]];
        words.forEach((word, i) => {
          if (word === "") words[i] = "undefined";
        });
        return [words];
      }),
    },
  ],
  R25: [
    {
      what: "max passes NaN over",
      change: input("max", 0, (x) =>
        x.forEach((element, i) => {
          if (Number.isNaN(element)) x[i] = -Infinity;
        }),
      ),
    },
    { what: "relu of NaN is 0", change: map("relu", (x) => (Number.isNaN(x) ? 0 : Math.max(x, 0))) },
    { what: "NaN equals NaN", change: zip("equal", ["float32"], (x, y) => (Object.is(x, y) || x === y ? 1 : 0)) },
  ],
  R26: [{ what: "halves round up", change: map("round", (x) => Math.floor(x + 0.5)) }],
  R27: [
    { what: "mod takes the dividend's sign", change: zip("mod", ["float32", "int32"], (x, y) => x % y) },
    {
      what: "floorDiv cuts towards 0",
      change: zip("floorDiv", ["int32"], (x, y) => (y === 0 ? 0 : Math.trunc(x / y))),
    },
  ],
  R28: [{ what: "negative exponents give 0", change: zip("pow", ["int32"], (x, y) => (y < 0 ? 0 : x ** y)) }],
  R29: [
    {
      what: "argMax gives the last position",
      change: spoil("argMax", ([out], { inputs: [x] }) => {
        if (x?.shape.length === 1 && x.dtype === "float32")
          (out as Numbers)[0] = (x.handle as Numbers).lastIndexOf(Math.max(...(x.handle as Numbers)));
      }),
    },
  ],
  R30: [
    {
      what: "equal elements change places",
      change: spoil("sort", ([values, positions], { inputs: [x] }) => {
        const n = x?.shape.at(-1) as number;
        for (let i = 1; i < (values as Numbers).length; i++)
          if (i % n !== 0 && values?.[i] === values?.[i - 1]) {
            const kept = (positions as Numbers)[i] as number;
            (positions as Numbers)[i] = (positions as Numbers)[i - 1] as number;
            (positions as Numbers)[i - 1] = kept;
          }
      }),
    },
    {
      what: "topK passes NaN over",
      change: input("topK", 0, (x) =>
        x.forEach((element, i) => {
          if (Number.isNaN(element)) x[i] = -Infinity;
        }),
      ),
    },
  ],
  R31: [
    {
      what: "negative indices count from the end",
      change: input("gather", 1, (x, { inputs: [whole], attrs }) =>
        x.forEach((index, i) => {
          if (index < 0) x[i] = index + (whole?.shape[attrs.axis] as number);
        }),
      ),
    },
    {
      what: "indices count from 1",
      change: input("gather", 1, (x, { inputs: [whole], attrs }) =>
        x.forEach((index, i) => {
          if (index === (whole?.shape[attrs.axis] as number) - 1) x[i] = 0;
          else if (index >= 0) x[i] = index + 1;
        }),
      ),
    },
  ],
  R32: [
    {
      what: "indices out of range are clamped",
      change: input("scatterAdd", 0, (x, { attrs }) =>
        x.forEach((index, i) => {
          x[i] = Math.min(index, attrs.size - 1);
        }),
      ),
    },
    {
      what: "the position is not named",
      change: answer((request, right) => {
        try {
          return right.run(request);
        } catch (error) {
          if (error instanceof ValueError)
            throw new ValueError({ op: request.op, problem: "an index is out of range", fix: "Use another" });
          throw error;
        }
      }),
    },
    {
      what: "a bad index leaves a buffer behind",
      change: answer((request, right) => {
        if (request.op !== "gather") return null;
        const early = right.upload(new Float32Array(1), { dtype: "float32", shape: [1] });
        const outputs = right.run(request);
        right.release(early);
        return outputs;
      }),
    },
  ],
  R33: [
    {
      what: "scatterAdd overwrites",
      change: spoil("scatterAdd", ([out], { inputs: [indices, updates] }) => {
        if (indices?.shape.length === 1 && updates?.shape.length === 1)
          (indices.handle as Numbers).forEach((index, i) => {
            (out as Numbers)[index] = (updates.handle as Numbers)[i] as number;
          });
      }),
    },
  ],
  R34: [
    {
      what: "the counter has 32 bits",
      change: attributes("randomBits", ({ attrs }) => ({ counter: attrs.counter >>> 0 })),
    },
  ],
  R35: [
    {
      what: "uniform numbers have 23 bits",
      change: spoil("randomUniform", ([out]) =>
        out?.forEach((x, i) => {
          out[i] = Math.floor(x * 2 ** 23) / 2 ** 23;
        }),
      ),
    },
  ],
  R36: [
    {
      what: "a composite that it does not name runs",
      change: (right) => ({ composites: new Set([...right.composites].filter((op) => op !== "gelu")) }),
    },
    {
      what: "a composite that it names does not run",
      change: answer(({ op }) => {
        if (op === "gelu") throw new TypeError("gelu is not a function");
        return null;
      }),
    },
    {
      what: "it names a primitive",
      change: (right) => ({ composites: new Set([...right.composites, "exp" as CompositeName]) }),
    },
  ],
  R37: [
    { what: "gelu is always approximate", change: attributes("gelu", () => ({ approximate: true })) },
    {
      what: "layerNorm returns the deviation for its inverse",
      change: spoil("layerNorm", ([, , rstd]) =>
        rstd?.forEach((x, i) => {
          rstd[i] = 1 / x;
        }),
      ),
    },
    {
      what: "softmaxCrossEntropy returns its gradient with the other sign",
      change: spoil("softmaxCrossEntropy", ([, gradient], { inputs: [x] }) => {
        if (x?.dtype === "float32")
          gradient?.forEach((y, i) => {
            gradient[i] = -y;
          });
      }),
    },
    { what: "weight decay is left out", change: attributes("adamUpdate", () => ({ weightDecay: 0 })) },
  ],
  R38: [{ what: "dispose empties all backends of its kind", change: () => ({}), parts: sharedParts() }],
};

/** A kernel that keeps a buffer of its own each time. */
function spoilMemory(op: Name): Change {
  return answer((request, right) => {
    if (request.op === op) right.upload(new Float32Array(1), { dtype: "float32", shape: [1] });
    return null;
  });
}

/** One set of parts for all backends. */
function sharedParts(): () => Parts {
  const parts = rightParts();
  return () => parts;
}
