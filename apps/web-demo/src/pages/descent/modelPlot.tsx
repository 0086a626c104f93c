/** The data, and what the model of each runner makes of it at the step that is shown. */
import type { JSX } from "preact";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { curvePoints } from "./choices.ts";
import { colorOf } from "./marks.ts";
import type { PartProps } from "./part.ts";

/** The picture. */
export function ModelPlot({ session, words }: PartProps): JSX.Element {
  const data = session.surface.value?.data;
  const paths = session.paths.value.filter(({ optimizer }) => !session.hidden.value.has(optimizer));
  const step = Math.round(session.shown.value);
  const draw = ({ context, width, height, palette }: Sheet): void => {
    if (data === undefined) return;
    const [left, right] = [data.x[0] as number, data.x.at(-1) as number];
    const [low, high] = [Math.min(...data.y), Math.max(...data.y)];
    const margin = 14;
    const toX = (share: number): number => margin + share * (width - 2 * margin);
    const toY = (y: number): number => height * (0.85 - (0.7 * (y - low)) / (high - low));
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(0, toY(0));
    context.lineTo(width, toY(0));
    context.stroke();
    context.lineWidth = 2;
    for (const { optimizer, curves } of paths) {
      context.strokeStyle = palette.series[colorOf(optimizer)] as string;
      context.beginPath();
      for (let i = 0; i < curvePoints; i++) {
        const y = toY(curves[step * curvePoints + i] as number);
        if (Number.isFinite(y)) context.lineTo(toX(i / (curvePoints - 1)), Math.min(1e5, Math.max(-1e5, y)));
      }
      context.stroke();
    }
    context.fillStyle = palette.ink;
    context.strokeStyle = palette.surface;
    context.lineWidth = 1;
    data.x.forEach((x, i) => {
      context.beginPath();
      context.arc(toX((x - left) / (right - left)), toY(data.y[i] as number), 3.2, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  };
  return <Canvas ratio={0.5} label={words.modelLabel} draw={draw} />;
}
