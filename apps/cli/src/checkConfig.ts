/** Configurations checked before anything is loaded: unknown keys, values that do not fit, `--set`. */
import { suggestName } from "@crease/backend";
import { type BaseIssue, safeParse } from "valibot";
import { type Config, configEntries, configSchema } from "./configSchema.ts";
import { UsageError } from "./failure.ts";

/** A configuration that fits the schema. @throws UsageError for the first mistake, after `where`, with the way out. */
export function checkConfig(value: unknown, where: string): Config {
  // To valibot a list is an object too.
  if (Array.isArray(value))
    throw new UsageError(`${where}: a configuration is an object of settings, not ${JSON.stringify(value)}.`);
  const { success, output, issues } = safeParse(configSchema, value, { abortPipeEarly: true });
  if (success) return output;
  throw new UsageError(`${where}: ${explain(issues[0])}`);
}

function explain(issue: BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  if (issue.type === "strict_object" && issue.expected === "never")
    return `unknown key "${keys.at(-1)}". ${suggestName(keys.at(-1) ?? "", Object.keys(configEntries))}.`;
  const got = JSON.stringify(issue.input) ?? String(issue.input);
  const choices = /^one of (.*)$/.exec(issue.message)?.[1]?.split(", ");
  if (choices !== undefined && typeof issue.input === "string")
    return `${keys.join(".")} has no ${got}. ${suggestName(issue.input, choices)}.`;
  const what = keys.length === 0 ? "a configuration is" : `${keys.join(".")} takes`;
  return `${what} ${issue.message}, not ${got}.`;
}

/**
 * A configuration with some values set by `a.b=c`, each as JSON where it is JSON, else as text. Options of an
 * optimizer that stands there as a name make it `{ name, ... }`.
 *
 * @throws UsageError for an assignment that cannot be meant, and for what `checkConfig` refuses.
 */
export function setValues(config: Config, assignments: readonly string[]): Config {
  return assignments.reduce((current, assignment) => setValue(current, assignment), config);
}

function setValue(config: Config, assignment: string): Config {
  const where = `--set ${assignment}`;
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (path === undefined || text === undefined)
    throw new UsageError(`${where}: there is no value. Write a key and its value, such as --set epochs=3.`);
  const keys = path.split(".");
  if (keys.some((key) => key === "" || key === "__proto__" || key === "constructor" || key === "prototype"))
    throw new UsageError(`${where}: "${path}" names no key. Write one such as optimizer.momentum.`);
  const [first = ""] = keys;
  if (!Object.hasOwn(configEntries, first))
    throw new UsageError(`${where}: unknown key "${first}". ${suggestName(first, Object.keys(configEntries))}.`);
  const base: Config =
    first === "optimizer" && keys.length > 1 && typeof config.optimizer === "string"
      ? { ...config, optimizer: { name: config.optimizer } }
      : config;
  return checkConfig(withValue(base, keys, parsed(text), where), where);
}

function withValue(target: unknown, [key = "", ...rest]: readonly string[], value: unknown, where: string): unknown {
  if (typeof target !== "object" || target === null || Array.isArray(target))
    throw new UsageError(`${where}: "${key}" is looked for in ${JSON.stringify(target)}, which has no keys.`);
  const inner = (target as { readonly [key: string]: unknown })[key];
  return { ...target, [key]: rest.length === 0 ? value : withValue(inner ?? {}, rest, value, where) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
