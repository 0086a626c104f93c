// Backends that break one rule of results each.
import { decodeFloat16, encodeFloat16 } from "@crease/backend";
import type { Rule } from "../src/rule.ts";
import { answer, attributes, type Broken, input, map, type Numbers, spoil, zip } from "./changes.ts";

export const brokenValues = {
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
      what: "div is right to three digits",
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
} as const satisfies { readonly [R in Rule]?: readonly Broken[] };
