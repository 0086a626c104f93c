/** The configuration's schema as JSON Schema, for editors. */
import { type GenericSchema, getDescription } from "valibot";
import { configSchema } from "./configSchema.ts";

/** A part of a JSON Schema. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What is read of a valibot schema. */
interface Node {
  readonly type: string;
  readonly wrapped?: Node;
  readonly entries?: { readonly [key: string]: Node };
  readonly options?: readonly unknown[];
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly literal?: unknown;
  readonly pipe?: readonly Action[];
}

/** A schema or a check in a pipe. */
interface Action extends Node {
  readonly requirement?: unknown;
}

/**
 * The schema of configuration files (JSON Schema 2020-12).
 *
 * @example
 * ```ts
 * import { configJsonSchema } from "@crease/cli";
 * configJsonSchema().additionalProperties; // => false
 * ```
 */
export function configJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of crease train",
    ...translate(configSchema as unknown as Node),
  };
}

function translate(node: Node): JsonSchema {
  const text = getDescription(node as unknown as GenericSchema);
  return { ...(text === undefined ? {} : { description: text }), ...structure(node), ...limits(node) };
}

function structure(node: Node): JsonSchema {
  switch (node.type) {
    case "optional":
      return translate(node.wrapped as Node);
    case "strict_object":
    case "loose_object": {
      const entries = Object.entries(node.entries ?? {});
      const required = entries.filter(([, { type }]) => type !== "optional").map(([key]) => key);
      return {
        type: "object",
        properties: Object.fromEntries(entries.map(([key, entry]) => [key, translate(entry)])),
        ...(required.length === 0 ? {} : { required }),
        additionalProperties: node.type === "loose_object",
      };
    }
    case "union":
      return { anyOf: (node.options as readonly Node[]).map(translate) };
    case "picklist":
      return { enum: node.options };
    case "literal":
      return { const: node.literal };
    case "array":
      return { type: "array", items: translate(node.item as Node) };
    case "tuple":
      return {
        type: "array",
        prefixItems: node.items?.map(translate),
        items: false,
        minItems: node.items?.length,
      };
    default:
      return { type: actionsOf(node).some(({ type }) => type === "integer") ? "integer" : node.type };
  }
}

const keywords: { readonly [action: string]: string } = {
  min_value: "minimum",
  max_value: "maximum",
  min_length: "minLength",
};

function limits(node: Node): JsonSchema {
  return Object.fromEntries(
    actionsOf(node).flatMap(({ type, requirement }) => {
      const keyword = keywords[type];
      const isEndless = requirement === Number.MAX_SAFE_INTEGER || requirement === Number.MAX_VALUE;
      return keyword === undefined || isEndless ? [] : [[keyword, requirement]];
    }),
  );
}

/** The checks of a pipe and of the pipes in it. */
function actionsOf({ pipe = [] }: Node): readonly Action[] {
  return pipe.flatMap((part) => (part.pipe === undefined ? [part] : actionsOf(part)));
}
