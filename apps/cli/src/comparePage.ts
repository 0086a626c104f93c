/** A page that sets runs side by side: one file, without scripts, in light or dark as the reader has it. */
import { isLoss } from "./isLoss.ts";
import type { Difference } from "./runDifferences.ts";
import type { RunHistory } from "./runHistory.ts";
import { clock, grouped, shortNumber } from "./view/numbers.ts";

/** Colours that are told apart on light and on dark, also by most people who see fewer. */
const colors = ["#3b82f6", "#f59e0b", "#a855f7", "#10b981", "#ef4444", "#06b6d4", "#ec4899", "#84cc16"];

const style = `
:root{color-scheme:light dark;--ink:#1f2430;--soft:#5a6270;--line:#d9dde5;--paper:#fff;--card:#f6f7f9;--best:#0f766e}
@media(prefers-color-scheme:dark){:root{--ink:#eef1f6;--soft:#aeb6c4;--line:#3a404b;--paper:#15181e;--card:#1d2128;--best:#5eead4}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:75rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:2.25rem 0 .75rem}
p{margin:0;color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;min-width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .75rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:600;color:var(--soft)}th:first-child,td:first-child,.text td,.text th{text-align:left}
.best{font-weight:700;color:var(--best)}
.dot{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.5em}
.charts{margin-top:1rem;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:1rem}
figure{margin:0;padding:1rem;background:var(--card);border-radius:.75rem}
figcaption{font-weight:600;margin-bottom:.5rem}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--soft);font-size:11px}.grid{stroke:var(--line)}
path{fill:none;stroke-width:2;stroke-linejoin:round}.train{stroke-dasharray:5 4;opacity:.75}
circle{fill-opacity:0}circle:hover{fill-opacity:1}
`;

/** The whole page. `names` are the numbers of the table, `differences` the settings that are not the same. */
export function comparePage(
  runs: readonly RunHistory[],
  names: readonly string[],
  differences: readonly Difference[],
): string {
  const curveNames = [...new Set(runs.flatMap(({ epochs }) => Object.keys(epochs[0] ?? {})))];
  const charts = curveNames.filter((name) => !isValidation(name)).map((name) => chart(runs, name, curveNames));
  const title = `${runs.length} ${runs.length === 1 ? "run" : "runs"} compared`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p>${escaped([...new Set(runs.map(({ run }) => run.data.name))].join(", "))}</p>
<h2>What came out</h2>
${resultTable(runs, names)}
${runs.length > 1 ? `<h2>What differs</h2>\n${differenceTable(runs, differences)}` : ""}
<h2>How they got there</h2>
<p>Solid: validation, where there is one. Dashed: training. Point at a curve for its numbers.</p>
<div class="charts">
${charts.join("\n")}
</div>
</body>
</html>
`;
}

function isValidation(name: string): boolean {
  return /^val[A-Z]/.test(name);
}

function validationOf(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function colorOf(i: number): string {
  return colors[i % colors.length] as string;
}

function dot(i: number): string {
  return `<span class="dot" style="background:${colorOf(i)}"></span>`;
}

function resultTable(runs: readonly RunHistory[], names: readonly string[]): string {
  const best = names.map((name) => {
    const values = runs.flatMap(({ result }) => (result[name] === undefined ? [] : [result[name]]));
    return isLoss(name) ? Math.min(...values) : Math.max(...values);
  });
  const rows = runs.map(({ name, epochs, seconds, parameters, result, state }, i) => {
    const cells = names.map((column, j) => {
      const value = result[column];
      if (value === undefined) return "<td>-</td>";
      return `<td${value === best[j] && runs.length > 1 ? ' class="best"' : ""}>${shortNumber(value)}</td>`;
    });
    const size = parameters === null ? "-" : grouped(parameters);
    return `<tr><td>${dot(i)}${escaped(name)}</td><td>${state}</td><td>${epochs.length}</td><td>${clock(seconds)}</td><td>${size}</td>${cells.join("")}</tr>`;
  });
  const head = ["run", "state", "epochs", "time", "parameters", ...names];
  return `<div class="scroll"><table><thead><tr>${head.map((name) => `<th>${escaped(name)}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

function differenceTable(runs: readonly RunHistory[], differences: readonly Difference[]): string {
  if (differences.length === 0) return "<p>They have the same settings.</p>";
  const head = runs.map(({ name }, i) => `<th>${dot(i)}${escaped(name)}</th>`).join("");
  const rows = differences.map(
    ({ key, values }) =>
      `<tr><td>${escaped(key)}</td>${values.map((value) => `<td>${escaped(value)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll"><table class="text"><thead><tr><th>setting</th>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

const box = { width: 440, height: 240, left: 52, right: 10, top: 8, bottom: 26 };

/** A ratio. */
const farApart = 30;

const same = (value: number): number => value;

/** One number by epoch, two curves for each run. */
function chart(runs: readonly RunHistory[], name: string, curveNames: readonly string[]): string {
  const both = curveNames.includes(validationOf(name)) ? [name, validationOf(name)] : [name];
  const values = runs.flatMap(({ epochs }) =>
    epochs.flatMap((numbers) => both.map((one) => numbers[one] ?? Number.NaN)),
  );
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  // Where the beginning is far from the end, equal steps would show the beginning only.
  const isLog = low > 0 && high / low > farApart;
  const [to, from] = isLog ? [Math.log10, (at: number) => 10 ** at] : [same, same];
  const [least, most] = [to(low), to(high)];
  const longest = Math.max(2, ...runs.map(({ epochs }) => epochs.length));
  const x = (epoch: number): number => box.left + ((epoch - 1) / (longest - 1)) * (box.width - box.left - box.right);
  const y = (value: number): number =>
    box.top + (1 - (to(value) - least) / (most - least || 1)) * (box.height - box.top - box.bottom);
  const grid = [0, 1, 2, 3, 4].map((i) => {
    const value = from(least + ((most - least) * i) / 4);
    const at = y(value).toFixed(1);
    return `<path class="grid" style="stroke-width:1" d="M${box.left} ${at}H${box.width - box.right}"/><text x="${box.left - 6}" y="${Number(at) + 4}" text-anchor="end">${shortNumber(value)}</text>`;
  });
  const curves = runs.flatMap(({ name: run, epochs }, i) =>
    both.map((one) => {
      const points = epochs.flatMap((numbers, epoch) => {
        const value = numbers[one];
        return value === undefined || !Number.isFinite(value) ? [] : [[epoch + 1, value] as const];
      });
      const place = ([epoch, value]: readonly [number, number]): string =>
        `${x(epoch).toFixed(1)} ${y(value).toFixed(1)}`;
      const dots = points.map(
        (point) =>
          `<circle cx="${x(point[0]).toFixed(1)}" cy="${y(point[1]).toFixed(1)}" r="5" fill="${colorOf(i)}"><title>${escaped(run)}, epoch ${point[0]}: ${escaped(one)} ${shortNumber(point[1])}</title></circle>`,
      );
      const isTrain = both.length === 2 && one === name;
      return `<path${isTrain ? ' class="train"' : ""} stroke="${colorOf(i)}" d="M${points.map(place).join("L")}"/>${dots.join("")}`;
    }),
  );
  const axis = `<text x="${box.left}" y="${box.height - 6}">1</text><text x="${box.width - box.right}" y="${box.height - 6}" text-anchor="end">epoch ${longest}</text>`;
  return `<figure><figcaption>${escaped(name)}${isLog ? " (logarithmic)" : ""}</figcaption><svg viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label="${escaped(name)} by epoch">${grid.join("")}${axis}${curves.join("")}</svg></figure>`;
}

function escaped(text: string): string {
  const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}
