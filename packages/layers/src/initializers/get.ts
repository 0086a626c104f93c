/** Initializers by name. */
import type { CustomObjects, Serialized } from "../config.ts";
import { getPart, type PartKind } from "../getPart.ts";
import { Constant } from "./constant.ts";
import { GlorotNormal } from "./glorotNormal.ts";
import { GlorotUniform } from "./glorotUniform.ts";
import { HeNormal } from "./heNormal.ts";
import { HeUniform } from "./heUniform.ts";
import { IdentityInitializer } from "./identity.ts";
import type { Initializer } from "./initializer.ts";
import { LecunNormal } from "./lecunNormal.ts";
import { LecunUniform } from "./lecunUniform.ts";
import { Ones } from "./ones.ts";
import { Orthogonal } from "./orthogonal.ts";
import { RandomNormal } from "./randomNormal.ts";
import { RandomUniform } from "./randomUniform.ts";
import { STFTInitializer } from "./stft.ts";
import { TruncatedNormal } from "./truncatedNormal.ts";
import { VarianceScaling } from "./varianceScaling.ts";
import { Zeros } from "./zeros.ts";

/** Names of the initializers with their defaults, Keras's short ones too. */
export type InitializerName =
  | "constant"
  | "glorotNormal"
  | "glorotUniform"
  | "heNormal"
  | "heUniform"
  | "identity"
  | "lecunNormal"
  | "lecunUniform"
  | "ones"
  | "orthogonal"
  | "normal"
  | "one"
  | "randomNormal"
  | "randomUniform"
  | "stft"
  | "truncatedNormal"
  | "uniform"
  | "varianceScaling"
  | "zero"
  | "zeros";
/** What layers take as an initializer: a name, an object with `initialize`, or its JSON form. */
export type InitializerLike = InitializerName | Initializer | Serialized;

/**
 * The initializer for a name or a JSON form; objects are returned as they are.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 * @example
 * ```ts
 * import { getInitializer } from "@crease/layers";
 * getInitializer("ones").initialize([2]).toString(); // => [1. 1.]
 * ```
 */
export function getInitializer(
  initializer: InitializerLike,
  { customObjects }: { readonly customObjects?: CustomObjects | undefined } = {},
): Initializer {
  const byName: { readonly [N in InitializerName]: () => Initializer } = {
    constant: () => new Constant(),
    glorotNormal: () => new GlorotNormal(),
    glorotUniform: () => new GlorotUniform(),
    heNormal: () => new HeNormal(),
    heUniform: () => new HeUniform(),
    identity: () => new IdentityInitializer(),
    lecunNormal: () => new LecunNormal(),
    lecunUniform: () => new LecunUniform(),
    ones: () => new Ones(),
    orthogonal: () => new Orthogonal(),
    normal: () => new RandomNormal(),
    one: () => new Ones(),
    randomNormal: () => new RandomNormal(),
    randomUniform: () => new RandomUniform(),
    stft: () => new STFTInitializer(),
    truncatedNormal: () => new TruncatedNormal(),
    uniform: () => new RandomUniform(),
    varianceScaling: () => new VarianceScaling(),
    zero: () => new Zeros(),
    zeros: () => new Zeros(),
  };
  const kind: PartKind<Initializer> = {
    op: "getInitializer",
    kind: "initializer",
    method: "initialize",
    byName,
    classes: {
      Constant,
      GlorotNormal,
      GlorotUniform,
      HeNormal,
      HeUniform,
      Identity: IdentityInitializer,
      IdentityInitializer,
      LecunNormal,
      LecunUniform,
      Ones,
      Orthogonal,
      OrthogonalInitializer: Orthogonal,
      RandomNormal,
      RandomUniform,
      STFT: STFTInitializer,
      STFTInitializer,
      TruncatedNormal,
      VarianceScaling,
      Zeros,
    } as unknown as PartKind<Initializer>["classes"],
  };
  return getPart(initializer, kind, customObjects);
}
