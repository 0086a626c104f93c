/** Initializers by name. */
import {
  type Configurable,
  type CustomObjects,
  entryOf,
  isSerialized,
  requireMethod,
  type Serialized,
} from "../config.ts";
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
import { TruncatedNormal } from "./truncatedNormal.ts";
import { VarianceScaling } from "./varianceScaling.ts";
import { Zeros } from "./zeros.ts";

/** Names of the initializers with their defaults. */
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
  | "randomNormal"
  | "randomUniform"
  | "truncatedNormal"
  | "varianceScaling"
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
  const op = "getInitializer";
  if (typeof initializer === "string") {
    const byName: { readonly [N in InitializerName]: new () => Initializer } = {
      constant: Constant,
      glorotNormal: GlorotNormal,
      glorotUniform: GlorotUniform,
      heNormal: HeNormal,
      heUniform: HeUniform,
      identity: IdentityInitializer,
      lecunNormal: LecunNormal,
      lecunUniform: LecunUniform,
      ones: Ones,
      orthogonal: Orthogonal,
      randomNormal: RandomNormal,
      randomUniform: RandomUniform,
      truncatedNormal: TruncatedNormal,
      varianceScaling: VarianceScaling,
      zeros: Zeros,
    };
    return new (entryOf<new () => Initializer>(op, "initializer", initializer, byName))();
  }
  if (!isSerialized(initializer)) return requireMethod(op, "initializer", initializer, "initialize");
  const classes = {
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    IdentityInitializer,
    LecunNormal,
    LecunUniform,
    Ones,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    VarianceScaling,
    Zeros,
  } as unknown as { readonly [name: string]: Configurable<Initializer> };
  return entryOf(op, "initializer", initializer.className, classes, customObjects).fromConfig(initializer.config);
}
