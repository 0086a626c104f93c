/** A canvas that is as sharp as the screen, and is drawn again when its size, its drawing or the colours change. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../app/appState.ts";
import { type Palette, readPalette } from "./palette.ts";

/** What a drawing is made on, in CSS pixels. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** What is drawn. */
export interface CanvasProps {
  /** What it shows, for those who do not see it; empty where what stands around it says that already. */
  readonly label: string;
  /** Height divided by width; the width is the container's. */
  readonly ratio: number;
  readonly class?: string;
  /** Draws everything anew. Pass the same function as long as the drawing is the same (`useCallback`). */
  draw(sheet: Sheet): void;
}

/** A drawing. For one that is dragged on, put a labelled control beside it and the handlers on a wrapper. */
export function Canvas({ label, ratio, class: extra = "", draw }: CanvasProps): JSX.Element {
  const { theme } = useApp();
  const element = useRef<HTMLCanvasElement>(null);
  const scheme = theme.scheme.value;
  useLayoutEffect(() => {
    const canvas = element.current as HTMLCanvasElement;
    const paint = (): void => {
      const width = canvas.clientWidth;
      if (width === 0) return;
      const height = width * ratio;
      const scale = devicePixelRatio;
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.scale(canvas.width / width, canvas.height / height);
      draw({ context, width, height, palette: readPalette() });
    };
    paint();
    const observer = new ResizeObserver(paint);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [draw, ratio, scheme]);
  return (
    <canvas
      ref={element}
      class={`canvas ${extra}`}
      style={{ aspectRatio: `1 / ${ratio}` }}
      {...(label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
