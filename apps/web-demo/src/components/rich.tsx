/** Running text of a dictionary with a little markup: `*emphasis*`, `**strong**`, `` `code` ``, `[text](#/path)`. */
import { Fragment, type JSX } from "preact";

const pieces = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\))/;

/** The text as elements; nothing in it is taken as HTML. */
export function Rich({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text.split(pieces).map((piece, i) => (
        <Fragment key={i}>{elementOf(piece)}</Fragment>
      ))}
    </>
  );
}

function elementOf(piece: string): JSX.Element | string {
  if (piece.startsWith("**") && piece.length > 4) return <strong>{piece.slice(2, -2)}</strong>;
  if (piece.startsWith("*") && piece.length > 2) return <em>{piece.slice(1, -1)}</em>;
  if (piece.startsWith("`") && piece.length > 2) return <code>{piece.slice(1, -1)}</code>;
  const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(piece);
  if (link === null) return piece;
  // Only our own pages and the web: a dictionary can't smuggle in a script.
  const [, label, address = ""] = link;
  return /^(#\/|https:\/\/)/.test(address) ? <a href={address}>{label}</a> : (label ?? "");
}
