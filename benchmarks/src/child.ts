/** Runs a child process that measures something, and reads its answer. */
import { spawn } from "node:child_process";
import { type Answer, answerMark } from "./task.ts";

/** A program with its arguments. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** Seconds after which a child is taken for stuck. */
const patience = 600;

/** The child's answer, or why there is none: what it said last on standard error. */
export function ask({ file, args }: Command): Promise<Answer | string> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
    const said = { out: "", error: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.error += text;
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, patience * 1000);
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      const line = said.out
        .split("\n")
        .filter((text) => text.startsWith(answerMark))
        .at(-1);
      if (code === 0 && line !== undefined) resolve(JSON.parse(line.slice(answerMark.length)) as Answer);
      else resolve(isLate ? `no answer in ${patience} s` : reasonIn(said.error, code));
    });
  });
}

/** The line of an error's text that names the error. */
function reasonIn(text: string, code: number | null): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const error = lines.filter((line) => /^\w*(?:Error|Exception)\b.*:/.test(line)).at(-1);
  return error ?? lines.at(-1) ?? `ended with status ${code} and said nothing`;
}
