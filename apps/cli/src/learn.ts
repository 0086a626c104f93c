/** `crease learn`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { type Language, languages } from "./learn/step.ts";
import { flag, oneOf, optional, wholeNumber } from "./options.ts";

const options = {
  lang: optional(oneOf(languages), "en or ko", "that of LANG"),
  step: optional(wholeNumber(1), "show only this step"),
  plain: optional(flag, "all steps, one after the other, without waiting for keys"),
};

/** The chapter as a tour. */
export const learnCommand: Command = command({
  usage: "[options]",
  about:
    "Chapter 2 of Deep Learning with Python as a tour in the terminal, in English and Korean: each step shows code, runs it here and now, and says what came out.",
  options,
  notes: "Keys: Enter goes on, b goes back, q ends. Where output is no terminal, all steps are shown.",
  examples: ["crease learn", "crease learn --lang ko", "crease learn --step 5 --plain"],

  async run({ lang, step, plain }, positionals) {
    if (positionals.length > 0) throw new UsageError(`learn takes no arguments, not "${positionals.join(" ")}".`);
    const { steps, takeTour } = await import("./learn/tour.ts");
    if (step !== undefined && step > steps.length)
      throw new UsageError(`there are ${steps.length} steps, and no step ${step}. Give one from 1 to ${steps.length}.`);
    const isInteractive = !plain && process.stdin.isTTY === true && process.stdout.isTTY === true;
    return takeTour({ language: lang ?? usualLanguage(), step, isInteractive });
  },
});

/** Korean where the system speaks it, else English. */
function usualLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("ko") ? "ko" : "en";
}
