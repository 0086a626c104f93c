/** Numbers as people read them beside a plot. */

/** A loss or metric in at most seven characters: `0.9712`, `12.3`, `3.2e-5`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "Inf");
  if (size < 1e-3 || size >= 1e6) return value.toExponential(1);
  return size < 10 ? value.toFixed(4) : String(Number(value.toPrecision(5)));
}

/** A number of a data set, whole ones as they are, others with six digits at most: `1999999`, `0.25`. */
export function plainNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

/** `42,300`. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `5s`, `1:05`, `1:00:05`. */
export function clock(seconds: number): string {
  const whole = Math.max(Math.round(seconds), 0);
  if (whole < 60) return `${whole}s`;
  const two = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `5 kB`, `312 MB`, `1.4 GB`. */
export function bytes(value: number): string {
  if (value < 1e6) return `${Math.ceil(value / 1e3)} kB`;
  return value >= 1e9 ? `${(value / 1e9).toFixed(1)} GB` : `${Math.round(value / 1e6)} MB`;
}

/** `2.9 ms`, `640 µs`, `1.2 s`. */
export function duration(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(1)} ms` : `${Math.round(seconds * 1e6)} µs`;
}
