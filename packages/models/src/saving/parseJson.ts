/** JSON from files. */
import { DataError } from "@crease/backend";

/** Names that reach the prototypes of objects. */
const forbidden: readonly string[] = ["__proto__", "constructor", "prototype"];

/** The object that a text describes. @throws DataError where it is missing, no JSON, no object, or has keys that reach prototypes. */
export function parseJson(file: string, what: string, text: string | undefined): object {
  const wrong = (problem: string, cause?: unknown): DataError =>
    new DataError({
      op: file,
      problem: `${what} ${problem}`,
      fix: "The file is damaged: save or download it again",
      cause,
    });
  if (text === undefined) throw wrong("is missing");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, (key, value) => {
      if (forbidden.includes(key)) throw wrong(`has the key "${key}"`);
      return value;
    });
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw wrong("is no JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw wrong("is no JSON object");
  return parsed;
}
