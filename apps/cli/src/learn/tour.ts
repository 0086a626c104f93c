/** The tour: its steps in order, shown one after the other, forwards and back. */
import { createInterface } from "node:readline/promises";
import { useBackend } from "../backends.ts";
import { type ExitCode, exitCodes } from "../exitCodes.ts";
import { type Paint, paintFor } from "../view/paint.ts";
import { gradientSteps } from "./gradientSteps.ts";
import { networkSteps } from "./networkSteps.ts";
import { runStep } from "./runStep.ts";
import type { InLanguages, Language, Step } from "./step.ts";
import { tensorSteps } from "./tensorSteps.ts";
import { wrapped } from "./wrapped.ts";

/** How the tour is taken. */
export interface TourSettings {
  readonly language: Language;
  /** Only this step, from 1 on. */
  readonly step: number | undefined;
  /** Whether it waits for keys. */
  readonly isInteractive: boolean;
}

/** All steps. */
export const steps: readonly Step[] = [...tensorSteps, ...gradientSteps, ...networkSteps];

const width = 76;

const words: { readonly [name in "name" | "output" | "keys" | "end" | "on"]: InLanguages } = {
  name: { en: "The chapter in the terminal", ko: "터미널에서 읽는 2장" },
  output: { en: "output", ko: "결과" },
  keys: { en: "Enter next · b back · q quit ", ko: "Enter 다음 · b 이전 · q 끝내기 " },
  end: {
    en: "That was the chapter. Go on with crease train mnist, or make a project by crease new digits.",
    ko: "여기까지가 2장입니다. crease train mnist로 훈련해 보거나 crease new digits로 프로젝트를 만들어 보세요.",
  },
  on: { en: "computed on", ko: "계산:" },
};

/** Shows the steps, each with its code and what the code found. */
export async function takeTour({ language, step, isInteractive }: TourSettings): Promise<ExitCode> {
  const { label } = await useBackend("wasm");
  const { stdout } = process;
  const paint = paintFor(stdout);
  stdout.write(`${paint("bold", words.name[language])}  ${paint("dim", `${words.on[language]} ${label}`)}\n`);
  if (step !== undefined || !isInteractive) {
    for (const [i, one] of steps.entries())
      if (step === undefined || step === i + 1) await show(one, i, language, paint);
  } else await walk(language, paint);
  if (step === undefined) stdout.write(`\n${wrapped(words.end[language], width).join("\n")}\n`);
  return exitCodes.done;
}

/** Shows steps as the reader asks for them. */
async function walk(language: Language, paint: Paint): Promise<void> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const lines = reader[Symbol.asyncIterator]();
  try {
    for (let i = 0; i < steps.length; ) {
      await show(steps[i] as Step, i, language, paint);
      reader.setPrompt(`\n${paint("dim", words.keys[language])}`);
      reader.prompt();
      const { value, done } = await lines.next();
      const answer = done ? "q" : String(value).trim().toLowerCase();
      if (answer === "q" || answer === "ㅂ") return;
      i = answer === "b" || answer === "ㅠ" ? Math.max(0, i - 1) : i + 1;
    }
  } finally {
    reader.close();
  }
}

async function show(step: Step, index: number, language: Language, paint: Paint): Promise<void> {
  const { stdout } = process;
  const write = (line = ""): void => {
    stdout.write(`${line}\n`);
  };
  const place = `${index + 1}/${steps.length}`;
  write();
  write(`${paint("cyan", place)}  ${paint("bold", step.title[language])}`);
  write(paint("dim", "─".repeat(width)));
  for (const line of wrapped(step.text[language], width)) write(line);
  write();
  for (const [from, names] of Object.entries(step.imports))
    write(paint("dim", `  import { ${names.join(", ")} } from "${from}";`));
  write();
  for (const line of step.code.split("\n"))
    write(`  ${line.trimStart().startsWith("//") ? paint("dim", line) : line}`.trimEnd());
  write();
  write(paint("dim", `── ${words.output[language]}`));
  await runStep(step, {
    write: (line) => write(`${paint("green", "│")} ${line}`.trimEnd()),
    useColor: stdout.isTTY === true && stdout.hasColors(),
  });
  write();
  for (const line of wrapped(step.lesson[language], width)) write(line);
}
