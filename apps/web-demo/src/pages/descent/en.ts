/** The texts of page 5 in English. */

/** By key; `ko.ts` has the same keys. */
export const en = {
  lede: "A network learns by walking downhill. The loss says how wrong it is, the gradient says which way is down, and the optimizer decides how to step.",
  intro:
    "Every value of the weights has a loss. With two weights the loss is a landscape, and we can see all of it: a map with hills where the model is wrong and a valley where it is right. A real network has millions of weights and a landscape that nobody can draw, but the walk is the same: **take a batch, compute the gradient, step against it, repeat**.",
  raceTitle: "A race to the bottom",
  raceText:
    "Six optimizers start at the same place, see the same batches and use the same learning rate. Each point of the map is a whole model; the picture beside it shows what those models say about the data. Drag the ring to start elsewhere.",
  raceCaption:
    "The loss over two weights: the bluer, the higher, and the lines close up where it is steep; × marks the lowest point of the grid. All steps are made by Crease’s own optimizers, with gradients from its tape.",
  problem: "Model",
  "problem.line": "Line: w · x + b",
  "problem.neuron": "Neuron: v · tanh(w · x)",
  "problem.wave": "Wave: sin(w · x + b)",
  "hint.line": "One long valley.",
  "hint.neuron": "Two valleys that are equally good, and a saddle between them.",
  "hint.wave": "Local minima to get stuck in.",
  learningRate: "Learning rate",
  batch: "Batch",
  "batch.full": "Full: {count}",
  "batch.mini": "Mini: {count}",
  "batch.one": "One",
  startOf: "Start: {name}",
  mapLabel: "Map of the loss over {first} and {second}; the start is {first} = {a}, {second} = {b}",
  pathsLabel: "The ways of the optimizers so far; their losses are in the list beside",
  handle: "Start at {first} = {a}, {second} = {b}. Move it with the arrow keys.",
  step: "Step",
  play: "Play",
  pause: "Pause",
  again: "Play again",
  reshuffle: "Other batches",
  runners: "Optimizers and their losses on all data at this step",
  "runner.sgd": "SGD",
  "runner.momentum": "Momentum",
  "runner.nesterov": "Nesterov",
  "runner.adagrad": "Adagrad",
  "runner.rmsprop": "RMSprop",
  "runner.adam": "Adam",
  diverged: "diverged",
  modelTitle: "Their models",
  modelLabel: "The data as points, and the model of each optimizer at this step as a curve",
  lossTitle: "Their losses",
  lossLabel: "The loss of each optimizer on all data, step by step, up to the step shown",
  stepAxis: "step",
  rateText:
    "**The learning rate** is the length of the stride. Make it small: everyone creeps, and in the time there is few arrive. Make it large: SGD jumps from one wall of the valley to the other, and beyond a certain rate each jump lands higher than the last. That is what *diverged* means in the list.",
  batchText:
    "**The batch** decides how well the slope is known. With all 32 points the gradient is exact and the path smooth. With 4 or with 1 it is a guess from a few examples: the path trembles, and never quite rests at the bottom. But a step costs so much less that it is how all large networks are trained; the *stochastic* in SGD means just this.",
  momentumText:
    "**Momentum** gives the walker mass. The ball keeps part of its speed, evens out the trembling, and can roll through a small hollow: choose the wave and watch who leaves the first dip. *Nesterov* looks at the slope where the ball is about to be. *Adagrad*, *RMSprop* and *Adam* give each weight a stride of its own, by how steep it has been there so far.",
  graphTitle: "Where gradients come from",
  graphText:
    "A network is a chain of simple operations whose derivatives are known. *Back-propagation* is the chain rule walked from the end of the chain to its beginning. This is the chapter’s example, small enough to do by hand: one weight, one bias, one input.",
  graphLabel: "The computation graph.",
  graphCaption:
    "Values flow down, gradients flow up. All numbers are computed by a `GradientTape`; move the sliders and they change.",
  graphCount: "Step {step} of {count}",
  graphNext: "Next step",
  graphBack: "Back",
  graphReset: "From the start",
  "graph.0": "These are the inputs: w = {w}, b = {b}, x = {x}, and the right answer y_true = {yTrue}.",
  "graph.1": "Forwards. Multiply: x1 = w · x = {x1}.",
  "graph.2": "Add the bias: x2 = x1 + b = {x2}.",
  "graph.3": "Compare with the right answer: loss = |y_true − x2| = {loss}. The forward pass ends here.",
  "graph.4":
    "Now back. If x2 grows a little, the loss grows {lossByX2} times as much: grad(loss, x2) = {lossByX2}. With the absolute value it can only be 1, −1, or 0 at the very bottom.",
  "graph.5": "A sum hands on what it is given: grad(x2, x1) = {x2ByX1}, and grad(x2, b) = {x2ByB}.",
  "graph.6": "A product is as sensitive to one factor as the other is large: grad(x1, w) = x = {x1ByW}.",
  "graph.7":
    "Multiply along the way from the loss to each weight: grad(loss, b) = {lossByX2} · {x2ByB} = {lossByB}, and grad(loss, w) = {lossByX2} · {x2ByX1} · {x1ByW} = {lossByW}. To lower the loss, move w and b against these numbers.",
  chainText:
    "That is all. A framework keeps the list of operations as they run, and each operation knows its own derivative; walking the list backwards multiplies them. A network with a million weights needs one forward and one backward walk for all its gradients together.",
  tapeTitle: "The tape",
  tapeText:
    "In Crease the list is a `GradientTape`: it records what happens inside `record`, and `gradient` walks it backwards. The results behind the arrows were computed just now, in your browser.",
  tapeLabel: "Program with a gradient tape and its results",
  "example.scalar": "A scalar. The slope of 2x + 3 is 2 everywhere.",
  "example.matrix": "A matrix. The gradient has the shape of the variable: one slope for each entry.",
  "example.dense":
    "Several variables at once, as the weights of a dense layer. With a tensor as target, the gradient is that of its sum.",
  "example.second":
    "A tape inside a tape: an apple falls 4.9 t² metres in t seconds. The first gradient is its speed, the gradient of that its acceleration.",
  tapeEnd:
    "Training is these few lines in a loop: record, gradient, step. It is what ran on every page of this chapter.",
};
