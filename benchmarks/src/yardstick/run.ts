/** The child process of the subject `yardstick`: runs the hand-written loop and reads the lines that it prints. */
import { execFileSync } from "node:child_process";
import { argv, execPath, version } from "node:process";
import { answer, headline, readTask } from "../task.ts";

const { threads, seconds } = readTask();
const folder = argv[3] ?? ".";
const settings = ["build=relaxed", "mr=6", "bspin=20000", `nth=${threads}`, `epochs=${Math.ceil(seconds) + 1}`];
const text = execFileSync(execPath, ["train.mjs", ...settings], {
  cwd: folder,
  env: { ...process.env, MNIST: folder },
  encoding: "utf8",
});
const rates = [...text.matchAll(/^epoch \d+ .* (\d+) samples\/s$/gm)].map((match) => Number(match[1]));
if (rates.length === 0) throw new Error("yardstick: it printed no epoch.");
answer([headline("chapter2", rates)], { node: version });
