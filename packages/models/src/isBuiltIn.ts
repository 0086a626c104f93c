/** Whether layers, losses and metrics are Crease's own, with nothing in them that a user wrote. */
import * as layers from "@crease/layers";
import * as losses from "@crease/losses";
import * as metrics from "@crease/metrics";

/** Classes of ours that call a function of the user's. */
const wrappers: readonly unknown[] = [layers.Lambda, losses.LossFunctionWrapper, metrics.MeanMetricWrapper];

function isClassOf(packageOf: object, value: object): boolean {
  return Object.values(packageOf).includes(value.constructor) && !wrappers.includes(value.constructor);
}

/** True for a layer of Crease's own whose activation, regularizers and constraints, and the layers in it, are Crease's own too. */
export function isBuiltInLayer(layer: object): boolean {
  return isClassOf(layers, layer) && Object.values(layer).every((field) => !holdsCode(field) || isBuiltInPart(field));
}

function isBuiltInPart(part: object): boolean {
  if (typeof part === "function") return Object.values(layers.activations).some((own) => own === part);
  return part instanceof layers.Layer ? isBuiltInLayer(part) : isClassOf(layers, part);
}

/** True for functions, and for objects that tensors are passed through. */
function holdsCode(field: unknown): field is object {
  return typeof field === "function" || typeof (field as { readonly call?: unknown } | null)?.call === "function";
}

/** What `compile` is given that is computed in a step. */
interface Judges {
  readonly loss?: unknown;
  readonly metrics?: unknown;
  readonly weightedMetrics?: unknown;
}

/** True where losses and metrics are names or objects of Crease's own classes. */
export function isBuiltInJudge({ loss, metrics: counted, weightedMetrics }: Judges): boolean {
  return [loss, counted, weightedMetrics].every(isOwnJudge);
}

function isOwnJudge(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === "string") return true;
  if (typeof value !== "object") return false;
  if (isClassOf(losses, value) || isClassOf(metrics, value)) return true;
  const isStructure = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isStructure && Object.values(value).every(isOwnJudge);
}
