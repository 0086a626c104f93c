/** Points that glide to where they should be. */
import { useEffect, useRef, useState } from "preact/hooks";

/** Time of a glide in ms. */
const duration = 550;

/** The points now, on their way to `target`. At once where `isInstant`, or where they are others in number. */
export function useGlide(target: ArrayLike<number>, isInstant: boolean): ArrayLike<number> {
  const [shown, setShown] = useState<ArrayLike<number>>(target);
  const now = useRef<ArrayLike<number>>(target);
  useEffect(() => {
    const from = now.current;
    const show = (points: ArrayLike<number>): void => {
      now.current = points;
      setShown(points);
    };
    if (isInstant || from.length !== target.length) {
      show(target);
      return;
    }
    let frame = 0;
    const begin = performance.now();
    const move = (time: number): void => {
      const share = Math.min(1, Math.max(0, (time - begin) / duration));
      const eased = share * share * (3 - 2 * share);
      show(
        share === 1
          ? target
          : Float32Array.from(target, (value, i) => {
              const old = from[i] as number;
              return old + eased * (value - old);
            }),
      );
      if (share < 1) frame = requestAnimationFrame(move);
    };
    frame = requestAnimationFrame(move);
    return () => cancelAnimationFrame(frame);
  }, [target, isInstant]);
  return shown.length === target.length ? shown : target;
}
