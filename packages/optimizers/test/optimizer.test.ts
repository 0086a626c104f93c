/** What happens around the updates: memory, backends, state, constraints, and refusals. */
import { BackendError, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, interpret, scope, type Tensor, tensor, Variable } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../testdata/golden.ts";
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  ExponentialDecay,
  Ftrl,
  getOptimizer,
  Lamb,
  LearningRateSchedule,
  Lion,
  Muon,
  Nadam,
  type Optimizer,
  type OptimizerOptions,
  PiecewiseConstantDecay,
  RMSprop,
  SGD,
} from "../src/index.ts";

const kinds: readonly (readonly [string, (options?: OptimizerOptions) => Optimizer])[] = [
  ["SGD", (options) => new SGD(options)],
  ["SGD with momentum", (options) => new SGD({ momentum: 0.9, ...options })],
  ["SGD with Nesterov's momentum", (options) => new SGD({ momentum: 0.9, nesterov: true, ...options })],
  ["Adagrad", (options) => new Adagrad(options)],
  ["RMSprop", (options) => new RMSprop(options)],
  ["centered RMSprop with momentum", (options) => new RMSprop({ centered: true, momentum: 0.5, ...options })],
  ["Adam", (options) => new Adam(options)],
  ["Adam with amsgrad", (options) => new Adam({ amsgrad: true, ...options })],
  ["AdamW", (options) => new AdamW(options)],
  ["Adadelta with large steps", (options) => new Adadelta({ epsilon: 1, ...options })],
  ["Adamax", (options) => new Adamax(options)],
  ["Nadam", (options) => new Nadam(options)],
  ["Ftrl", (options) => new Ftrl(options)],
  ["Lion", (options) => new Lion(options)],
  ["Lamb", (options) => new Lamb(options)],
  ["Adafactor", (options) => new Adafactor(options)],
  ["Muon", (options) => new Muon(options)],
];
const surroundings: readonly (readonly [string, OptimizerOptions])[] = [
  ["alone", {}],
  ["with weight decay", { weightDecay: 0.1 }],
  ["with clipnorm", { clipnorm: 0.5 }],
  ["with clipvalue", { clipvalue: 0.5 }],
  ["with globalClipnorm", { globalClipnorm: 0.5 }],
  ["with averages", { useEma: true, emaOverwriteFrequency: 3 }],
  ["with accumulation", { gradientAccumulationSteps: 3 }],
  ["with a scaled loss", { lossScaleFactor: 8 }],
];
const all = kinds.flatMap(([name, make]) =>
  surroundings.map(([where, options]) => [`${name} ${where}`, () => make({ learningRate: 0.1, ...options })] as const),
);

const numbers = (x: Variable): number[] => scope(() => Array.from(x.value.dataSync() as Float32Array));
const step = (optimizer: Optimizer, gradient: number[], w: Variable): void =>
  scope(() => optimizer.apply([tensor(gradient, { dtype: w.dtype, backend: w.backend })], [w]));

describe("memory", () => {
  test.each(all)("%s leaves nothing behind but its slots, and dispose gives them back", (_, make) => {
    const start = getBackend().memory();
    const w = new Variable([1, -2, 3]);
    const optimizer = make();
    optimizer.build([w]);
    const built = getBackend().memory();
    for (let i = 0; i < 7; i++) {
      step(optimizer, [0.5, 0, -1], w);
      if (!optimizer.getConfig().useEma) expect(getBackend().memory()).toEqual(built);
    }
    optimizer.dispose();
    w.dispose();
    expect(getBackend().memory()).toEqual(start);
  });

  test("values read before a step stay as they were", () => {
    const w = new Variable([1, 2]);
    const optimizer = new Adam({ learningRate: 0.1 });
    const before = w.value;
    step(optimizer, [1, 1], w);
    const between = w.value;
    const kept = numbers(w);
    step(optimizer, [1, 1], w);
    expect(before.arraySync()).toEqual([1, 2]);
    expect(between.arraySync()).toEqual(kept);
    expect(numbers(w)).not.toEqual(kept);
  });

  test("a gradient survives its use", () => {
    const w = new Variable([1, 2]);
    const gradient = tensor([3, 4]);
    for (const [, make] of kinds) make({ clipvalue: 1 }).apply([gradient], [w]);
    expect(gradient.arraySync()).toEqual([3, 4]);
  });
});

describe("updates", () => {
  test.each(kinds)("%s walks down a parabola", (_, make) => {
    const w = new Variable([3, -2]);
    const optimizer = make({ learningRate: 0.05 });
    for (let i = 0; i < 400; i++) scope(() => optimizer.apply([w.value.mul(2)], [w]));
    const start = 3 ** 2 + 2 ** 2;
    expect(numbers(w).reduce((sum, x) => sum + x * x, 0)).toBeLessThan(start / 2);
  });

  test.each(kinds)("%s does the same in float64 and, roughly, in float16", (_, make) => {
    const run = (dtype: "float16" | "float32" | "float64"): number[] => {
      const w = new Variable([1, -0.5], { dtype });
      const optimizer = make({ learningRate: 0.01, weightDecay: 0.01 });
      for (let i = 0; i < 5; i++) step(optimizer, [0.25, -0.5], w);
      expect(w.dtype).toBe(dtype);
      for (const slot of Object.values(optimizer.slots(w))) expect(slot.dtype).toBe(dtype);
      return numbers(w);
    };
    const exact = run("float64");
    expectClose(run("float32"), exact, { relative: 0, absolute: 1e-6 });
    expectClose(run("float16"), exact, { relative: 0, absolute: 1e-2 });
  });

  test("a gradient of another dtype is brought to the variable's", () => {
    const w = new Variable([1], { dtype: "float16" });
    new SGD({ learningRate: 0.5 }).apply([tensor([1])], [w]);
    expect([w.dtype, ...numbers(w)]).toEqual(["float16", 0.5]);
  });

  test("fused and unfused updates agree: an interpreter sees the composite whole", () => {
    const seen: string[] = [];
    const w = new Variable([1]);
    interpret(
      (call, next) => {
        seen.push(call.op);
        return next(call);
      },
      () => new Adam().apply([tensor([1])], [w]),
    );
    expect(seen).toContain("adamUpdate");
    expect(seen).not.toContain("sqrt");
  });

  test("null gradients leave variable and slots alone", () => {
    const [a, b] = [new Variable([1]), new Variable([2])];
    const optimizer = new SGD({ learningRate: 1, momentum: 0.9, weightDecay: 0.1 });
    optimizer.apply([null, tensor([1])], [a, b]);
    expect(numbers(a)).toEqual([1]);
    expect(numbers(optimizer.slots(a).momentum as Variable)).toEqual([0]);
    expect(numbers(b)).not.toEqual([2]);
    expect(optimizer.iterations).toBe(1);
  });

  test("a constraint is applied after each update", () => {
    const constraint = { call: (x: Tensor) => x.relu() };
    const w = new Variable([0.5, 1], { constraint });
    new SGD({ learningRate: 1 }).apply([tensor([1, 0.25])], [w]);
    expect(numbers(w)).toEqual([0, 0.75]);
  });

  test("weight decay leaves out what it is told to", () => {
    const [kernel, bias] = [new Variable([1], { name: "kernel" }), new Variable([1], { name: "bias" })];
    const zero = tensor([0]);
    const byName = new SGD({ learningRate: 0.5, weightDecay: 0.5 });
    byName.excludeFromWeightDecay({ names: ["bias"] });
    byName.apply([zero, zero], [kernel, bias]);
    expect([numbers(kernel), numbers(bias)]).toEqual([[0.75], [1]]);
    const byVariable = new SGD({ learningRate: 0.5, weightDecay: 0.5 });
    byVariable.excludeFromWeightDecay({ variables: [kernel] });
    byVariable.apply([zero, zero], [kernel, bias]);
    expect([numbers(kernel), numbers(bias)]).toEqual([[0.75], [0.75]]);
  });

  test("clipping bounds what it says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 6 }),
        (gradient) => {
          const clipped = (options: OptimizerOptions): number[] => {
            const w = new Variable(gradient.map(() => 0));
            step(new SGD({ learningRate: 1, ...options }), gradient, w);
            return numbers(w);
          };
          const norm = Math.hypot(...gradient);
          for (const options of [{ clipnorm: 2 }, { globalClipnorm: 2 }]) {
            const result = clipped(options);
            expect(Math.hypot(...result)).toBeLessThan(2 * (1 + 1e-5));
            const unclipped = gradient.map((x) => -x);
            if (norm < 2) expectClose(result, unclipped, { relative: 1e-6, absolute: 1e-6 });
          }
          expect(Math.max(...clipped({ clipvalue: 2 }).map(Math.abs))).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a gradient of zeros survives clipping by norm", () => {
    for (const options of [{ clipnorm: 1 }, { globalClipnorm: 1 }]) {
      const w = new Variable([1, 2]);
      step(new SGD(options), [0, 0], w);
      expect(numbers(w)).toEqual([1, 2]);
    }
  });

  test("a scaled loss gives the same steps", () => {
    const [plain, scaled] = [new Variable([1]), new Variable([1])];
    const optimizer = new SGD({ learningRate: 0.5, lossScaleFactor: 16 });
    step(new SGD({ learningRate: 0.5 }), [0.25], plain);
    scope(() => optimizer.apply([optimizer.scaleLoss(tensor([0.25]))], [scaled]));
    expect(numbers(scaled)).toEqual(numbers(plain));
    const loss = tensor(1);
    expect(new SGD().scaleLoss(loss)).toBe(loss);
  });
});

describe("rate and state", () => {
  test("the rate can be set, read, and follow the step", () => {
    const w = new Variable([0]);
    const optimizer = new SGD({ learningRate: 0.5 });
    step(optimizer, [1], w);
    optimizer.learningRate = 0.25;
    step(optimizer, [1], w);
    expect(numbers(w)).toEqual([-0.75]);
    const byFunction = new SGD({ learningRate: (at) => 1 / (at + 1) });
    const rates: number[] = [];
    for (let i = 0; i < 3; i++) {
      rates.push(byFunction.learningRate);
      step(byFunction, [1], w);
    }
    expect(rates).toEqual([1, 1 / 2, 1 / 3]);
    byFunction.learningRate = new ExponentialDecay({ initialLearningRate: 8, decaySteps: 1, decayRate: 0.5 });
    expect(byFunction.learningRate).toBe(1);
  });

  test.each(all)("%s goes on from a saved state as if nothing had happened", (_, make) => {
    const gradient = [0.5, -1, 0.25];
    const [w, again] = [new Variable([1, -2, 3]), new Variable([0, 0, 0])];
    const [optimizer, resumed] = [make(), make()];
    for (let i = 0; i < 4; i++) step(optimizer, gradient, w);
    resumed.build([again]);
    again.assign(w);
    for (const [slot, variable] of Object.entries(optimizer.slots(w))) resumed.slots(again)[slot]?.assign(variable);
    resumed.state = JSON.parse(JSON.stringify(optimizer.state));
    for (let i = 0; i < 3; i++) {
      step(optimizer, gradient, w);
      step(resumed, gradient, again);
    }
    expect(numbers(again)).toEqual(numbers(w));
  });

  test("the state holds a rate that was set, and leaves a schedule in place", () => {
    const optimizer = new SGD({ learningRate: 0.5 });
    optimizer.state = { steps: 3, learningRate: 0.125 };
    expect([optimizer.iterations, optimizer.learningRate]).toEqual([3, 0.125]);
    const scheduled = new SGD({ learningRate: (at) => at + 1 });
    expect(scheduled.state.learningRate).toBeNull();
    scheduled.state = { steps: 4, learningRate: null };
    expect(scheduled.learningRate).toBe(5);
    expect(() => {
      optimizer.state = { steps: -1, learningRate: 1 };
    }).toThrow(ValueError);
  });

  test("slots follow their variables to another backend", async () => {
    const [here, there] = [cpuBackend(), cpuBackend()];
    const w = new Variable([1, 2], { backend: here });
    const optimizer = new Adam({ learningRate: 0.1 });
    step(optimizer, [1, 1], w);
    await w.to(there);
    expect(() => step(optimizer, [1, 1], w)).toThrow(BackendError);
    await optimizer.to(there);
    step(optimizer, [1, 1], w);
    expect(here.memory().buffers).toBe(0);
    expect(optimizer.iterations).toBe(2);
  });
});

describe("refusals", () => {
  test("of options out of range", () => {
    expect(() => new SGD({ clipnorm: 1, clipvalue: 0.5 })).toThrow(/SGD: clipnorm and clipvalue are both set.*one way/);
    expect(() => new SGD({ momentum: 1.5 })).toThrow(/SGD: momentum is 1.5. Use a number from 0 to 1/);
    expect(() => new SGD({ gradientAccumulationSteps: 1 })).toThrow(/gradientAccumulationSteps is 1.*at least 2/);
    const wrong: readonly OptimizerOptions[] = [
      { clipnorm: 0 },
      { clipvalue: -1 },
      { globalClipnorm: Number.NaN },
      { weightDecay: -0.1 },
      { emaMomentum: 1.1 },
      { emaOverwriteFrequency: 0 },
      { emaOverwriteFrequency: 1.5 },
      { lossScaleFactor: 0 },
      { learningRate: Number.NaN },
      { learningRate: 0 },
      { learningRate: -0.1 },
      { learningRate: (() => "0.1") as never },
      { learningRate: { className: "Exponential", config: {} } as never },
    ];
    for (const options of wrong) expect(() => new SGD(options), JSON.stringify(options)).toThrow(ValueError);
    expect(() => new RMSprop({ rho: 2 })).toThrow(ValueError);
    expect(() => new Adam({ beta1: -1 })).toThrow(ValueError);
    expect(() => new AdamW({ epsilon: -1 })).toThrow(/AdamW/);
    expect(() => new Adam({ beta2: 1 })).toThrow(/beta2 is 1. Use a number of at least 0 and below 1/);
    expect(() => new Adagrad({ initialAccumulatorValue: -1 })).toThrow(ValueError);
    expect(() => new Adadelta({ rho: 1 })).toThrow(ValueError);
    expect(() => new Adamax({ beta2: 1 })).toThrow(ValueError);
    expect(() => new Nadam({ beta1: 1 })).toThrow(ValueError);
    expect(() => new Ftrl({ learningRatePower: 0.5 })).toThrow(/learningRatePower is 0.5. Use a number of at most 0/);
    expect(() => new Ftrl({ l1RegularizationStrength: -1 })).toThrow(ValueError);
    expect(() => new Lion({ beta1: 0 })).toThrow(ValueError);
    expect(() => new Lamb({ epsilon: -1 })).toThrow(ValueError);
    expect(() => new Adafactor({ clipThreshold: 0 })).toThrow(ValueError);
    expect(() => new Muon({ nsSteps: 2.5 })).toThrow(ValueError);
    expect(() => new Muon({ adamWeightDecay: -1 })).toThrow(ValueError);
    expect(() => new ExponentialDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 1 })).toThrow(ValueError);
    expect(() => new PiecewiseConstantDecay({ boundaries: [1], values: [1] })).toThrow(ValueError);
    expect(() => new PiecewiseConstantDecay({ boundaries: [2, 1], values: [1, 2, 3] })).toThrow(ValueError);
  });

  test("of gradients that do not fit, changing nothing", () => {
    const [a, b] = [new Variable([1, 2], { name: "a" }), new Variable([3], { name: "b" })];
    const optimizer = new SGD();
    expect(() => optimizer.apply([tensor([1, 2])], [a, b])).toThrow(/1 gradients for 2 variables/);
    expect(() => optimizer.apply([tensor([1]), tensor([1, 2])], [a, b])).toThrow(ShapeError);
    expect(() => optimizer.apply([tensor([1]), tensor([1, 2])], [a, b])).toThrow(
      /"a", got float32\[1\] and float32\[2\]/,
    );
    expect(() => optimizer.apply([null, null], [a, b])).toThrow(/all gradients are null/);
    expect([numbers(a), numbers(b), optimizer.iterations]).toEqual([[1, 2], [3], 0]);
    optimizer.apply([], []);
    expect(optimizer.iterations).toBe(0);
  });

  test("of a number where the rate follows a schedule", () => {
    const optimizer = new SGD({ learningRate: () => 1 });
    expect(() => {
      optimizer.learningRate = 0.1;
    }).toThrow(/follows a schedule/);
    expect(() => optimizer.getConfig()).toThrow(/cannot be saved/);
    class Mine extends LearningRateSchedule {
      override call(): number {
        return 1;
      }
    }
    expect(() => new SGD({ learningRate: new Mine() }).getConfig()).toThrow(/Mine/);
  });

  test("of unknown names, with the known ones", () => {
    expect(() => getOptimizer("adamm")).toThrow(
      /unknown optimizer "adamm". Did you mean "adam"\? Known names: adadelta, adafactor, adagrad, adam, adamax,/,
    );
    expect(() => getOptimizer("constructor")).toThrow(ValueError);
    expect(() => getOptimizer(undefined as never)).toThrow(/unknown optimizer "undefined"/);
    expect(getOptimizer("Adam")).toBeInstanceOf(Adam);
    const mine = new SGD();
    expect(getOptimizer(mine)).toBe(mine);
  });
});
