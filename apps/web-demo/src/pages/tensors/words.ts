/** The texts of page 2, as its components take them. */
import type { Words } from "../../app/words.ts";
import type { en } from "./en.ts";

/** In the reader's language. */
export type TensorsWords = Words<typeof en>;
