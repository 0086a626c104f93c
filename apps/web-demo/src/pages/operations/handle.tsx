/** A point of the plane to take hold of, by pointer or arrow keys. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

/** Where it is, in the plane, and what it is called. */
export interface HandleProps {
  readonly x: number;
  readonly y: number;
  /** Half of the plane's width. */
  readonly extent: number;
  readonly label: string;
  /** Its sign, so that it is not known by colour alone. */
  readonly sign: string;
  readonly color: string;
  onMove(x: number, y: number): void;
}

const fine = 0.1;
const coarse = 0.5;

/** The handle. The element around it has the size of the plane. */
export function Handle({ x, y, extent, label, sign, color, onMove }: HandleProps): JSX.Element {
  const grip = useRef<readonly [number, number]>(undefined);
  const [isHeld, setIsHeld] = useState(false);
  const placed = (value: number): number => Math.min(extent, Math.max(-extent, Math.round(value * 100) / 100));
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const plane = ((event.currentTarget as Element).parentElement as Element).getBoundingClientRect();
    return [
      ((event.clientX - plane.left) / plane.width - 0.5) * 2 * extent,
      (0.5 - (event.clientY - plane.top) / plane.height) * 2 * extent,
    ];
  };
  const release = (): void => {
    grip.current = undefined;
    setIsHeld(false);
  };
  const press = (event: KeyboardEvent): void => {
    const [dx, dy] = directions[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? coarse : fine;
    onMove(placed(x + dx * step), placed(y + dy * step));
  };
  return (
    <div
      class={`operations-handle${isHeld ? " is-held" : ""}`}
      style={{ left: `${50 + (x / extent) * 50}%`, top: `${50 - (y / extent) * 50}%`, "--handle": color }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={-extent}
      aria-valuemax={extent}
      aria-valuenow={x}
      aria-valuetext={`(${x.toFixed(2)}, ${y.toFixed(2)})`}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        (event.currentTarget as HTMLElement).focus();
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        const [px, py] = placeOf(event);
        grip.current = [x - px, y - py];
        setIsHeld(true);
      }}
      onPointerMove={(event) => {
        if (grip.current === undefined) return;
        const [px, py] = placeOf(event);
        onMove(placed(px + grip.current[0]), placed(py + grip.current[1]));
      }}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span aria-hidden="true">{sign}</span>
    </div>
  );
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
