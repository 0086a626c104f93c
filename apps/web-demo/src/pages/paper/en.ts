/** The texts of page 4 in English. */

/** By key; `ko.ts` has the same keys. */
export const en = {
  lede: "Take two sheets of coloured paper, lay one on the other, and crumple them into a ball. That ball is your data, each sheet a class. A neural network is what smooths it out again, one small movement after the other.",
  intro:
    "No single movement of your fingers undoes a crumpled ball, but many small ones do. The layers of a deep network work like this: each is a simple geometric transformation, and together they pull apart what was folded into a hopeless tangle. Here you can watch it happen.",
  ballTitle: "Uncrumpling",
  ballText:
    "The network sees only points in space and which sheet each belongs to. Press **Train**, then drag *Depth* from the input to the last layer, or let it play. Scrub through *Training* to see how the network came to it.",
  ballName: "paper ball",
  ballLabel: "Two sheets of paper, one ruled in squares, one in lines, as the network sees them at the chosen depth",
  ballCaption:
    "Each layer adds a little to every point, `x + shift(tanh(bend(x)))`, and stays in three dimensions. The glass pane behind the last layer is the network’s decision: a flat cut, one class on each side. Drag the ball to turn it.",
  noWebgl:
    "This browser has no WebGL, so the sheets are drawn as flat dots. Switch hardware acceleration on or try another browser to see them in 3D; everything else works as it is.",
  train: "Train",
  trainMore: "Train more",
  hold: "Pause",
  training: "Training",
  stepAt: "step {step}",
  step: "step",
  loss: "loss",
  accuracy: "accuracy",
  depth: "Depth",
  dive: "Play",
  depthInput: "Input",
  depthAfter: "After layer {layer}",
  depthIn: "In layer {layer}",
  layersLabel: "The sheets after each layer",
  turn: "Turn",
  tilt: "Tilt",
  folds: "Folds",
  layers: "Layers",
  newBall: "New ball",
  layersText:
    "Look at the row of small pictures. Before training they are nearly alike: the first weights move nothing much. Later, the first layers loosen the ball and the last ones draw the sheets apart, until one flat pane fits between them. Take layers away or fold more often, and train again: with fewer movements it takes longer, and some points stay on the wrong side. This is what *deep* is for.",
  honestText:
    "Nobody told the network to smooth the paper. It is asked only to tell the colours apart, and it unfolds exactly as much as that takes. The folds can always be undone, because crumpling tears nothing and no two points ever meet; see how far *your* ball gets.",
  spiralTitle: "The same in the plane",
  spiralText:
    "In two dimensions everything can be seen at once. Two arms of a spiral are wound into each other; no straight line separates them. The network is made as before, of six layers that move every point a little, but now within the plane. On the left are the data; on the right the same points, and the same sheet of squared paper, as the last hidden layer sees them.",
  spiralName: "spiral",
  spiralCaption:
    "Left: the input, tinted by the class that the network would say. Right: the hidden layer’s space, where the decision is a straight line. The curved border on the left and the straight one on the right are the same.",
  planeTitle: "Input",
  planeLabel: "The spiral in its plane, discs and squares, with the network’s decision as a tint",
  hiddenTitle: "Hidden layer",
  hiddenLabel:
    "The same points and the warped grid in the hidden layer’s space, with the straight line of the decision",
  turns: "Turns",
  newWeights: "New weights",
  manifoldText:
    "This is the manifold hypothesis at work: real data, such as digits, faces or sentences, fill only a thin, crumpled sheet within the vast space of all possible inputs. Learning is finding the way to unfold it. How the network finds that way is the subject of [the next page](#/descent).",
};
