/** Pictures of models: what they show, and that nothing in them stands over another. */
import { ValueError } from "@crease/backend";
import { Add, Concatenate, Dense, Dropout, Embedding, Flatten, Input, Lambda } from "@crease/layers";
import { Model, plotModel, type RankDir, Sequential } from "@crease/models";
import type { Tensor } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagramOf } from "../src/plotModel/diagram.ts";
import { layOut } from "../src/plotModel/layout.ts";
import { rowsOf } from "../src/plotModel/ranks.ts";

const row = (): Sequential =>
  new Sequential([
    Input({ shape: [28, 28] }),
    new Flatten(),
    new Dense(512, { activation: "relu" }),
    new Dropout(0.5),
    new Dense(10, { activation: "softmax" }),
  ]);

function branched(): Model<[Tensor, Tensor, Tensor], [Tensor, Tensor]> {
  const [title, body, tags] = [
    Input({ shape: [4], dtype: "int32", name: "title" }),
    Input({ shape: [9], dtype: "int32", name: "body" }),
    Input({ shape: [3], name: "tags" }),
  ];
  const words = new Embedding(100, 2, { name: "words" });
  const [one, other] = [title, body].map((x) => new Flatten().apply(words.apply(x)));
  const joined = new Concatenate({ name: "joined" }).apply([one, other, tags] as never);
  return new Model({
    inputs: [title, body, tags],
    outputs: [new Dense(1, { name: "a" }).apply(joined), new Dense(2, { name: "b" }).apply(joined)],
  }) as never;
}

/** The texts of a picture in order. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string);

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Checks that all elements are closed in order, and returns the rectangles in the picture's coordinates. */
function rectanglesOf(svg: string): Rectangle[] {
  const found: Rectangle[] = [];
  const open: { readonly name: string; readonly x: number; readonly y: number }[] = [];
  for (const [, close, name, attributes = "", self] of svg.matchAll(/<(\/?)(\w+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g)) {
    if (close) {
      expect(open.pop()?.name).toBe(name);
      continue;
    }
    const [, dx = 0, dy = 0] = /transform="translate\((\S+) (\S+)\)"/.exec(attributes) ?? [];
    const place = {
      name: name as string,
      x: (open.at(-1)?.x ?? 0) + Number(dx),
      y: (open.at(-1)?.y ?? 0) + Number(dy),
    };
    if (name === "rect") {
      const size = (side: string): number => Number(new RegExp(`${side}="([^"]+)"`).exec(attributes)?.[1]);
      const { x: left, y: top } = place;
      found.push({ left, top, right: left + size("width"), bottom: top + size("height") });
    }
    if (!self) open.push(place);
  }
  expect(open).toEqual([]);
  return found;
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const contains = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left && a.top < b.top && a.right > b.right && a.bottom > b.bottom;

describe("what is shown", () => {
  test("classes alone, unless more is asked for", () => {
    expect(textsOf(plotModel(row()))).toEqual(["InputLayer", "Flatten", "Dense", "Dropout", "Dense"]);
  });

  test("everything", () => {
    const svg = plotModel(row(), {
      showShapes: true,
      showDtype: true,
      showLayerNames: true,
      showLayerActivations: true,
      showTrainable: true,
    });
    expect(textsOf(svg).slice(0, 13)).toEqual([
      ...["input_layer", "InputLayer", "out float32[?,28,28]"],
      ...["flatten", "Flatten", "in  float32[?,28,28]", "out float32[?,784]"],
      ...["dense", "Dense", "activation relu", "in  float32[?,784]", "out float32[?,512]", "trainable"],
    ]);
    expect(svg).toContain("<title>dense (Dense), 401,920 parameters</title>");
    expect(svg).toContain("<title>dropout (Dropout), no weights</title>");
  });

  test("dtypes without shapes, layers that are frozen, a function of the user's own", () => {
    const model = row();
    (model.layers[1] as Dense).trainable = false;
    model.add(new Lambda((x) => x.square()));
    const squared = (x: Tensor): Tensor => x.square();
    model.add(new Dense(2, { activation: squared }));
    const texts = textsOf(plotModel(model, { showDtype: true, showTrainable: true, showLayerActivations: true }));
    expect(texts.slice(0, 4)).toEqual(["InputLayer", "out float32", "Flatten", "out float32"]);
    expect(texts).toContain("not trainable");
    expect(texts).toContain("activation squared");
  });

  test("a layer that is called twice is one box that says so", () => {
    const texts = textsOf(plotModel(branched(), { showShapes: true, showLayerNames: true }));
    const from = texts.indexOf("words");
    expect(texts.slice(from, from + 7)).toEqual([
      ...["words", "Embedding", "in  [?,4]", "    [?,9]", "out [?,4,2]", "    [?,9,2]", "called 2 times"],
    ]);
  });

  test("many shapes are counted", () => {
    const inputs = [1, 2, 3, 4, 5, 6].map((size) => Input({ shape: [size] }));
    const model = new Model({ inputs, outputs: new Concatenate().apply(inputs) });
    expect(textsOf(plotModel(model, { showShapes: true })).slice(-6)).toEqual([
      ...["Concatenate", "in  [?,1]", "    [?,2]", "    [?,3]", "    and 3 more", "out [?,21]"],
    ]);
  });

  test("before there are data, shapes are unknown", () => {
    const texts = textsOf(plotModel(new Sequential([new Dense(3)]), { showShapes: true }));
    expect(texts).toEqual(["Dense", "in  ?", "out ?"]);
  });

  test("names are text, whatever they hold", () => {
    const name = `<script>alert("1 & 2")</script>\u0007\ud800`;
    const svg = plotModel(new Sequential([new Dense(1, { name })]), { showLayerNames: true });
    expect(textsOf(svg)[0]).toBe("&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;\ufffd\ufffd");
    expect(svg).not.toContain("<script");
    rectanglesOf(svg);
  });
});

describe("connections", () => {
  const named = (model: Model<never, never>) => {
    const { boxes, arrows } = diagramOf(model as never, { showLayerNames: true });
    const name = (box: number): string => boxes[box]?.lines[0]?.text as string;
    return arrows.map(([from, to]) => `${name(from)} > ${name(to)}`);
  };

  test("of a row", () => {
    expect(named(row() as never)).toEqual([
      ...["input_layer > flatten", "flatten > dense", "dense > dropout", "dropout > dense_1"],
    ]);
  });

  test("of a graph with several inputs and outputs and a shared layer", () => {
    expect(named(branched() as never).sort()).toEqual(
      [
        ...["title > words", "body > words", "words > flatten", "words > flatten_1"],
        ...["flatten > joined", "flatten_1 > joined", "tags > joined", "joined > a", "joined > b"],
      ].sort(),
    );
  });

  test("of a model that begins in the middle of another one's graph", () => {
    const whole = branched();
    const outputs = (whole.getLayer("a") as Dense).output;
    const inputs = (whole.getLayer("joined") as Concatenate).output;
    expect(named(new Model({ inputs, outputs }) as never)).toEqual(["joined_input > a"]);
  });

  test("of a class of the user's own nobody knows", () => {
    class Own extends Model {
      one = new Dense(1);
      two = new Dense(2);
      override call(x: Tensor): Tensor {
        return this.two.apply(this.one.apply(x));
      }
    }
    const { boxes, arrows } = diagramOf(new Own(), {});
    expect([boxes.length, arrows]).toEqual([2, []]);
  });

  test("a layer on its own output", () => {
    const [x, layer, between] = [
      Input({ shape: [2] }),
      new Dense(2, { name: "again" }),
      new Dense(2, { name: "between" }),
    ];
    const model = new Model({ inputs: x, outputs: layer.apply(layer.apply(between.apply(layer.apply(x)))) });
    expect(named(model as never).sort()).toEqual(["again > between", "between > again", "input_layer > again"]);
    expect(rectanglesOf(plotModel(model))).toHaveLength(3);
  });
});

test("models in models: one box, or all their layers in one", () => {
  const inner = new Sequential([new Dense(8), new Dense(4)], { name: "encoder" });
  const [left, right] = [Input({ shape: [6], name: "left" }), Input({ shape: [6], name: "right" })];
  const outputs = new Add().apply([inner.apply(left), inner.apply(right)]);
  const model = new Model({ inputs: [left, right], outputs });
  const closed = plotModel(model, { showLayerNames: true });
  expect(rectanglesOf(closed)).toHaveLength(4);
  const open = plotModel(model, { showLayerNames: true, expandNested: true });
  const rectangles = rectanglesOf(open);
  expect(rectangles).toHaveLength(7);
  const group = rectangles.filter((outer) => rectangles.some((box) => contains(outer, box)));
  expect(group).toHaveLength(1);
  expect(rectangles.filter((box) => contains(group[0] as Rectangle, box))).toHaveLength(3);
});

describe("the drawing", () => {
  test.each<RankDir>(["TB", "LR", "BT", "RL"])("%s: in this direction, apart, within its frame", (rankdir) => {
    const svg = plotModel(branched(), { rankdir, showShapes: true, showLayerNames: true });
    const boxes = rectanglesOf(svg);
    for (const [i, box] of boxes.entries())
      for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    for (const box of boxes)
      expect(contains({ left: 0, top: 0, right: Number(width), bottom: Number(height) }, box)).toBe(true);
    const [first, last] = [boxes[0], boxes.at(-1)] as [Rectangle, Rectangle];
    if (rankdir === "TB") expect(first.bottom).toBeLessThan(last.top);
    if (rankdir === "BT") expect(last.bottom).toBeLessThan(first.top);
    if (rankdir === "LR") expect(first.right).toBeLessThan(last.left);
    if (rankdir === "RL") expect(last.right).toBeLessThan(first.left);
  });

  test("the same model gives the same picture", () => {
    expect(plotModel(branched())).toBe(plotModel(branched()));
  });

  test("a chain beside a long arrow is straight", () => {
    // 0 > 1 > 2 > 3 > 4, and 0 > 4 around them.
    const arrows = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [0, 4],
    ] as const;
    const sizes = [60, 90, 150, 70, 60].map((width) => ({ width, depth: 20 }));
    const { boxes, arrows: drawn } = layOut(sizes, arrows);
    const [, one, two, three] = boxes.map(({ x }) => x);
    expect([two, three]).toEqual([one, one]);
    expect(new Set(drawn[4]?.slice(1, -1).map(({ x }) => x)).size).toBe(1);
  });

  test("an unknown direction names the known ones", () => {
    expect(() => plotModel(row(), { rankdir: "UP" as RankDir })).toThrow(ValueError);
    expect(() => plotModel(row(), { rankdir: "UP" as RankDir })).toThrow(/TB, LR, BT, RL/);
  });
});

describe("any graph", () => {
  const graphs = fc.integer({ min: 1, max: 14 }).chain((count) =>
    fc.record({
      sizes: fc.array(
        fc.record({ width: fc.integer({ min: 10, max: 200 }), depth: fc.integer({ min: 10, max: 90 }) }),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      arrows: fc
        .uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
          maxLength: 24,
          selector: (arrow) => arrow.join(),
        })
        .map((arrows) => arrows.filter(([from, to]) => from !== to)),
    }),
  );

  test("without circles, arrows lead down", () => {
    fc.assert(
      fc.property(graphs, ({ sizes, arrows }) => {
        const down = arrows.filter(([from, to]) => from < to);
        const rows = rowsOf(sizes.length, down);
        for (const [from, to] of down) expect(rows[to]).toBeGreaterThan(rows[from] as number);
      }),
    );
  });

  test("boxes stand apart, and arrows lead from one to the other around the rest", () => {
    fc.assert(
      fc.property(graphs, ({ sizes, arrows }) => {
        const layout = layOut(sizes, arrows);
        const boxes = layout.boxes.map(({ x, y }, i): Rectangle => {
          const { width, depth } = sizes[i] as { width: number; depth: number };
          return { left: x - width / 2, right: x + width / 2, top: y, bottom: y + depth };
        });
        for (const [i, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(-1e-6);
          expect(box.right).toBeLessThanOrEqual(layout.width + 1e-6);
          expect(box.bottom).toBeLessThanOrEqual(layout.depth + 1e-6);
          for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
        }
        layout.arrows.forEach((points, i) => {
          const [from, to] = arrows[i] as [number, number];
          const ends = [boxes[from], boxes[to]] as [Rectangle, Rectangle];
          const [start, end] = [points[0], points.at(-1)] as [{ y: number }, { y: number }];
          const isDown = end.y > start.y;
          expect(start.y).toBe(isDown ? ends[0].bottom : ends[0].top);
          expect(end.y).toBe(isDown ? ends[1].top : ends[1].bottom);
          for (const { x, y } of points.slice(1, -1))
            for (const box of boxes) expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false);
        });
      }),
    );
  });
});
