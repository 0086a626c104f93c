/** What is seen of the ball: places between two moments and two layers, centred and brought to one size. */
import type { BallMoment } from "./calls.ts";
import { vertexCount } from "./shapes.ts";

/** Vertices and the flat cut in the coordinates of the picture: all vertices within 1 of the middle. */
export interface Scene {
  /** Three numbers for each vertex. */
  readonly places: Float32Array<ArrayBuffer>;
  /** The cut's normal, of length 1, and its distance from the middle: points with `normal . p = distance`. */
  readonly normal: readonly [x: number, y: number, z: number];
  readonly distance: number;
  /** From 0, not there, to 1, after the last layer. */
  readonly cutShare: number;
}

/** The scene at a position among the moments, after `depth` layers. */
export function sceneAt(moments: readonly BallMoment[], at: number, depth: number): Scene | undefined {
  const first = moments[Math.floor(at)];
  const second = moments[Math.ceil(at)] ?? first;
  if (first === undefined || second === undefined) return undefined;
  const size = vertexCount * 3;
  const layers = first.places.length / size - 1;
  const whole = Math.min(Math.floor(depth), layers);
  const [time, part] = [at - Math.floor(at), depth - whole];
  const next = Math.min(whole + 1, layers);
  const places = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const before = mix(first.places[whole * size + i] as number, second.places[whole * size + i] as number, time);
    const after = mix(first.places[next * size + i] as number, second.places[next * size + i] as number, time);
    places[i] = mix(before, after, part);
  }
  const { middle, radius } = centre(places);
  const cut = first.cut.map((value, i) => mix(value, second.cut[i] as number, time));
  const [a, b, c, d] = cut as [number, number, number, number];
  const length = Math.hypot(a, b, c) || 1;
  const atMiddle = a * middle[0] + b * middle[1] + c * middle[2] + d;
  return {
    places,
    normal: [a / length, b / length, c / length],
    distance: -atMiddle / length / radius,
    cutShare: Math.max(0, depth - layers + 1),
  };
}

/** Moves the middle to 0 and the furthest vertex to 1; returns what was. */
function centre(places: Float32Array): { readonly middle: [number, number, number]; readonly radius: number } {
  const middle: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < places.length; i++) middle[i % 3] = (middle[i % 3] as number) + (places[i] as number);
  for (let axis = 0; axis < 3; axis++) middle[axis] = (middle[axis] as number) / vertexCount;
  let radius = 0;
  for (let i = 0; i < places.length; i++) {
    places[i] = (places[i] as number) - (middle[i % 3] as number);
    if (i % 3 === 2)
      radius = Math.max(radius, Math.hypot(places[i - 2] as number, places[i - 1] as number, places[i] as number));
  }
  for (let i = 0; i < places.length; i++) places[i] = (places[i] as number) / radius;
  return { middle, radius };
}

/** Where the eye is, at a distance of 1, for a turn and a tilt in degrees. */
export function eyeAt(turn: number, tilt: number): readonly [x: number, y: number, z: number] {
  const [around, up] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  return [Math.sin(around) * Math.cos(up), Math.sin(up), Math.cos(around) * Math.cos(up)];
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
