/** The worker's side of page 4: the ball and its network, the spiral and its own. */
import { type Backend, ValueError } from "@crease/backend";
import { concat, scope, setBackend, type Tensor } from "@crease/tensor";
import { openBackend } from "../../compute/backends.ts";
import { type Handlers, Transferring } from "../../compute/serve.ts";
import type { BallMoment, PaperCalls, SpiralMoment } from "./calls.ts";
import { crumpledSheets, sheetLabels } from "./sheets.ts";
import { armLabels, gridPoints, spiralPoints } from "./spiral.ts";
import { Training } from "./training.ts";
import { Unfolder } from "./unfolder.ts";

/** Moves of the network of the spiral. */
const spiralLayers = 6;

/** The handlers. They compute on WebAssembly where that starts, else in plain TypeScript. */
export function paperService(): Handlers<PaperCalls> {
  let opening: Promise<Backend> | undefined;
  let ball: Training<Unfolder> | undefined;
  let spiral: Training<Unfolder> | undefined;
  const open = (): Promise<Backend> => {
    opening ??= openBackend("wasm")
      .catch(() => openBackend("cpu"))
      .then(({ backend }) => {
        setBackend(backend);
        return backend;
      });
    return opening;
  };
  return {
    crumple: async ({ folds, layers, seed }) => {
      await open();
      ball?.dispose();
      ball = new Training(
        new Unfolder({ dimensions: 3, units: 16, layers, seed }),
        crumpledSheets(folds, seed),
        sheetLabels(),
        {
          batchSize: 256,
          learningRate: 0.01,
        },
      );
      const moment = await ballMoment(ball);
      return new Transferring(moment, [moment.places.buffer]);
    },
    unfold: async ({ steps }, { signal, emit }) => {
      const training = required(ball);
      await training.run(steps, signal, async () => {
        const moment = await ballMoment(training);
        emit(moment, [moment.places.buffer]);
      });
    },
    spiral: async ({ turns, seed }) => {
      await open();
      spiral?.dispose();
      const x = spiralPoints(turns, seed);
      spiral = new Training(new Unfolder({ dimensions: 2, units: 24, layers: spiralLayers, seed }), x, armLabels(), {
        batchSize: 2 ** 20,
        learningRate: 0.003,
      });
      const points = (await x.data()) as Float32Array<ArrayBuffer>;
      return { points, moment: await spiralMoment(spiral) };
    },
    untwist: async ({ steps }, { signal, emit }) => {
      const training = required(spiral);
      await training.run(steps, signal, async () => emit(await spiralMoment(training)));
    },
  };
}

function required<T>(training: T | undefined): T {
  if (training !== undefined) return training;
  throw new ValueError({ op: "train", problem: "there is no network yet", fix: "Make one first" });
}

async function ballMoment(training: Training<Unfolder>): Promise<BallMoment> {
  const { model, x } = training;
  const places = scope(() => concat(model.stages(x), 0));
  const moment = await training.judge();
  return { ...moment, places: await read(places), cut: await cutOf(model) };
}

async function spiralMoment(training: Training<Unfolder>): Promise<SpiralMoment> {
  const { model, x } = training;
  const [grid, points, map] = scope(() => {
    const hidden = model.moved(gridPoints());
    return [hidden, model.moved(x), model.cut.apply(hidden)] as const;
  });
  return {
    ...(await training.judge()),
    grid: await read(grid),
    points: await read(points),
    map: await read(map),
    cut: await cutOf(model),
  };
}

/** The last layer's weights and its bias. */
async function cutOf({ cut }: Unfolder): Promise<number[]> {
  const weights = scope(() => concat([cut.getWeights()[0]?.flatten() as Tensor, cut.getWeights()[1] as Tensor], 0));
  return Array.from(await read(weights));
}

/** The values; the tensor is given up. */
async function read(x: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const values = (await x.data()) as Float32Array<ArrayBuffer>;
  x.dispose();
  return values;
}
