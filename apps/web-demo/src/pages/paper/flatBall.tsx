/** The ball as flat dots: small pictures of each layer, and the picture where there is no WebGL. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { eyeAt, type Scene } from "./scene.ts";
import { vertexCount } from "./shapes.ts";

/** What is drawn, and from where. */
export interface FlatBallProps {
  readonly scene: Scene;
  readonly turn: number;
  readonly tilt: number;
  readonly label: string;
  /** Height divided by width. */
  readonly ratio: number;
  /** Every how many vertices one is drawn. */
  readonly every: number;
}

/** The picture: discs for the first sheet, squares for the second. */
export function FlatBall({ scene, turn, tilt, label, ratio, every }: FlatBallProps): JSX.Element {
  const draw = useCallback(
    ({ context, width, height, palette }: Sheet): void => {
      const [x, y, z] = eyeAt(turn, tilt);
      const flat = Math.hypot(x, z) || 1;
      const right = [z / flat, 0, -x / flat] as const;
      const up = [-(x * y) / flat, flat, -(y * z) / flat] as const;
      const size = Math.min(width, height) / 2.1;
      const radius = Math.max(0.9, size / 75);
      const dots: { readonly at: number; readonly near: number }[] = [];
      for (let i = 0; i < vertexCount; i += every) dots.push({ at: i, near: along(scene.places, i, [x, y, z]) });
      dots.sort((a, b) => a.near - b.near);
      for (const { at, near } of dots) {
        const left = width / 2 + size * along(scene.places, at, right);
        const top = height / 2 - size * along(scene.places, at, up);
        const isFirst = at < vertexCount / 2;
        context.globalAlpha = 0.65 + 0.35 * near;
        context.fillStyle = palette.series[isFirst ? 0 : 1] as string;
        // In the small pictures a disc would be no rounder than a square, but slower.
        if (isFirst && radius > 1.5) {
          context.beginPath();
          context.arc(left, top, radius, 0, 2 * Math.PI);
          context.fill();
        } else context.fillRect(left - radius * 0.9, top - radius * 0.9, radius * 1.8, radius * 1.8);
      }
      context.globalAlpha = 1;
    },
    [scene, turn, tilt, every],
  );
  return <Canvas ratio={ratio} label={label} draw={draw} />;
}

function along(places: Float32Array, vertex: number, [x, y, z]: readonly [number, number, number]): number {
  const i = vertex * 3;
  return (places[i] as number) * x + (places[i + 1] as number) * y + (places[i + 2] as number) * z;
}
