// Backends that break one rule of buffers and calls each.
import { sizeOf, UnsupportedOpError } from "@crease/backend";
import type { Rule } from "../src/rule.ts";
import type { Skip } from "../src/skip.ts";
import { answer, attributes, type Broken, type Numbers, spoil } from "./changes.ts";
import { type Change, type Handle, type In, type Name, type Parts, rightParts } from "./wrappedBackend.ts";

const noSort: Skip = { ops: ["sort"], reason: "no sorting here" };

export const brokenBuffers = {
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
      what: "an op is unsupported for more types than its skip names",
      skip: [{ ...noSort, dtypes: ["int8"] }],
      change: answer(({ op, inputs }) => {
        if (op === "sort") throw new UnsupportedOpError("wrapped", op, noSort.reason, inputs);
        return null;
      }),
    },
    {
      what: "an op is unsupported that no skip names",
      change: answer(({ op, inputs }) => {
        if (op === "sort") throw new UnsupportedOpError("wrapped", op, "nobody was told", inputs);
        return null;
      }),
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
  R38: [{ what: "dispose empties all backends of its kind", change: () => ({}), parts: sharedParts() }],
} as const satisfies { readonly [R in Rule]?: readonly Broken[] };

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
