/** The product of two matrices, a row times a column at a time. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import type { Dot } from "./calls.ts";
import { NumberGrid, short } from "./numberGrid.tsx";
import type { PartProps } from "./words.ts";

/** Time for one number of the result in ms. */
const stepTime = 1100;

/** The figure. */
export function DotProduct({ session, words }: PartProps): JSX.Element {
  const { dotInput, dotStep } = session;
  const input = dotInput.value;
  const dot = session.dot.ready.value?.output;
  const [isPlaying, setIsPlaying] = useState(false);
  const count = input.rows * input.columns;
  const step = Math.min(dotStep.value, count - 1);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      const next = dotStep.peek() + 1;
      if (next >= count) setIsPlaying(false);
      else dotStep.value = next;
    }, stepTime);
    return () => clearInterval(timer);
  }, [isPlaying, count]);
  const go = (to: number): void => {
    setIsPlaying(false);
    dotStep.value = Math.min(count - 1, Math.max(0, to));
  };
  const resize = (change: Partial<typeof input>): void => {
    dotInput.value = { ...input, ...change };
    go(0);
  };
  return (
    <Figure caption={words.dotCaption}>
      <div class="controls">
        <Slider
          label={words.dotRows}
          value={input.rows}
          min={1}
          max={4}
          step={1}
          onInput={(rows) => resize({ rows })}
        />
        <Slider
          label={words.dotInner}
          value={input.inner}
          min={1}
          max={4}
          step={1}
          onInput={(inner) => resize({ inner })}
        />
        <Slider
          label={words.dotColumns}
          value={input.columns}
          min={1}
          max={4}
          step={1}
          onInput={(columns) => resize({ columns })}
        />
      </div>
      {dot !== undefined && <Product words={words} dot={dot} step={step} onPick={go} />}
      <div class="button-row">
        <Button
          kind="main"
          onClick={() => {
            if (!isPlaying && step === count - 1) dotStep.value = 0;
            setIsPlaying(!isPlaying);
          }}
        >
          {isPlaying ? words.stop : words.play}
        </Button>
        <Button disabled={step === 0} onClick={() => go(step - 1)}>
          {words.back}
        </Button>
        <Button disabled={step === count - 1} onClick={() => go(step + 1)}>
          {words.forward}
        </Button>
        <Button kind="quiet" onClick={() => resize({ seed: input.seed + 1 })}>
          {words.newNumbers}
        </Button>
      </div>
    </Figure>
  );
}

interface ProductProps extends Pick<PartProps, "words"> {
  readonly dot: Dot;
  readonly step: number;
  onPick(step: number): void;
}

function Product({ words, dot, step, onPick }: ProductProps): JSX.Element {
  const columns = dot.b[0]?.length ?? 1;
  const row = Math.min(Math.floor(step / columns), dot.a.length - 1);
  const column = step % columns;
  const inner = dot.b.length;
  const shape = (x: number, y: number): string => `[${x}, ${y}]`;
  const value = dot.product[row]?.[column] ?? 0;
  const sum = Array.from(
    { length: inner },
    (_, k) => `${guarded(dot.a[row]?.[k] ?? 0)} · ${guarded(dot.b[k]?.[column] ?? 0)}`,
  );
  const terms = (dot.terms[row]?.[column] ?? []).map(guarded);
  return (
    <>
      <div class="operations-dot">
        <div class="operations-dot-b">
          <p>b {shape(inner, columns)}</p>
          <NumberGrid rows={dot.b} label="b" mark={(_, j) => (j === column ? "is-second" : "")} />
        </div>
        <div class="operations-dot-a">
          <p>a {shape(dot.a.length, inner)}</p>
          <NumberGrid rows={dot.a} label="a" mark={(i) => (i === row ? "is-first" : "")} />
        </div>
        <div class="operations-dot-c">
          <table class="operations-grid">
            <tbody>
              {dot.product.map((values, i) => (
                <tr key={i}>
                  {values.map((entry, j) => {
                    const at = i * columns + j;
                    const text = at <= step ? short(entry) : "?";
                    return (
                      <td key={j} class={at === step ? "is-hot" : at > step ? "is-hidden" : ""}>
                        <button
                          type="button"
                          aria-label={fill(words.dotCell, { value: text, row: i, column: j })}
                          aria-pressed={at === step}
                          onClick={() => onPick(at)}
                        >
                          {text}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <p>a.matmul(b) {shape(dot.a.length, columns)}</p>
        </div>
      </div>
      <p class="operations-sum" role="status">
        <span class="operations-parts" key={`${step} ${value}`}>
          <span>{fill(words.dotWhere, { row, column })}</span> <span>{sum.join(" + ")}</span>
          {inner > 1 && <span> = {terms.join(" + ")}</span>}
          <strong> = {short(value)}</strong>
        </span>
      </p>
    </>
  );
}

/** A negative number in brackets, as between other signs. */
function guarded(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}
