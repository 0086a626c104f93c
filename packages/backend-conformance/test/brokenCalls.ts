// Backends that break one rule of positions, indices, random numbers and composites each.
import { type CompositeName, ValueError } from "@crease/backend";
import type { Rule } from "../src/rule.ts";
import { answer, attributes, type Broken, input, type Numbers, spoil } from "./changes.ts";

export const brokenCalls = {
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
} as const satisfies { readonly [R in Rule]?: readonly Broken[] };
