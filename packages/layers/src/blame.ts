/** Adds to an error the path of the layer that it came from: `layers.2 (Dense): ...`. */

/** What is known of a layer here. */
interface Blamed {
  readonly name: string;
  readonly className: string;
  sublayers(): readonly { readonly path: string; readonly layer: Blamed }[];
}

/** Where an error came from: the layer that raised it, by its path below the outermost layer passed so far. */
interface Blame {
  /** The message without any path. */
  readonly message: string;
  readonly className: string;
  readonly path: readonly string[];
  readonly outermost: object;
}

const blameKey: unique symbol = Symbol("layer");

/**
 * Runs `body`; a Crease error that leaves it names the layer that it came from: by path where an outer layer holds
 * it in a field, else by name.
 */
export function blame<R>(layer: Blamed, body: () => R): R {
  try {
    return body();
  } catch (error) {
    if (error instanceof Error && "fix" in error) addPath(error, layer);
    throw error;
  }
}

function addPath(error: Error & { [blameKey]?: Blame }, layer: Blamed): void {
  const inner = error[blameKey];
  if (inner === undefined) {
    mark(error, { message: error.message, className: layer.className, path: [], outermost: layer }, layer.name);
    return;
  }
  const step = pathTo(layer, inner.outermost);
  if (step === undefined) return;
  const path = [step, ...inner.path];
  mark(error, { ...inner, path, outermost: layer }, path.join("."));
}

function mark(error: Error, blamed: Blame, where: string): void {
  Object.defineProperty(error, blameKey, { value: blamed, configurable: true });
  error.message = `${where} (${blamed.className}): ${blamed.message}`;
}

/** The field path of a layer inside another, at any depth; the shortest, undefined where there is none. */
function pathTo(outer: Blamed, wanted: object): string | undefined {
  const seen = new Set<Blamed>([outer]);
  let level: readonly (readonly [path: string, layer: Blamed])[] = [["", outer]];
  while (level.length > 0) {
    const next = level.flatMap(([path, layer]) =>
      layer.sublayers().map((inner) => [path === "" ? inner.path : `${path}.${inner.path}`, inner.layer] as const),
    );
    const found = next.find(([, layer]) => layer === wanted);
    if (found !== undefined) return found[0];
    level = next.filter(([, layer]) => !seen.has(layer));
    for (const [, layer] of level) seen.add(layer);
  }
  return undefined;
}
