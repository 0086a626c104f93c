/** Colours in the terminal, where it has them and nobody minds. */
import { styleText } from "node:util";

/** What text can look like. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** Text in a style, or as it was. */
export type Paint = (style: Style, text: string) => string;

/** Text as it was. */
export const plain: Paint = (_style, text) => text;

const colored: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** How to paint on a stream: NO_COLOR, TERM=dumb and streams that are no terminals stay plain. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return stream.isTTY === true && stream.hasColors() ? colored : plain;
}
