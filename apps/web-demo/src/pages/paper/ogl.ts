/** OGL, loaded when the ball is first drawn, and the types of the part of it that is used: its own do not resolve by Node's rules. */

/** Numbers for each vertex, or the order of vertices. */
export interface OglAttribute {
  readonly data: Float32Array | Uint16Array;
  readonly size?: number;
  readonly usage?: number;
  /** Set it after `data` was changed. */
  needsUpdate?: boolean;
}

/** Vertices. */
export interface OglGeometry {
  readonly attributes: Readonly<Record<string, OglAttribute>>;
}

/** Shaders with their uniforms. */
export interface OglProgram {
  readonly uniforms: Readonly<Record<string, { value: unknown }>>;
}

/** Something with a place in the scene. */
export interface OglTransform {
  readonly position: { set(x: number, y: number, z: number): void };
  setParent(parent: OglTransform): void;
}

/** An eye. */
export interface OglCamera extends OglTransform {
  perspective(options: { readonly aspect: number }): void;
  lookAt(target: readonly [number, number, number]): void;
}

/** What draws. */
export interface OglRenderer {
  readonly gl: WebGL2RenderingContext;
  setSize(width: number, height: number): void;
  render(options: { readonly scene: OglTransform; readonly camera: OglCamera }): void;
}

/** The module. */
export interface Ogl {
  readonly Renderer: new (options: {
    readonly canvas: HTMLCanvasElement;
    readonly alpha: boolean;
    readonly antialias: boolean;
    readonly dpr: number;
  }) => OglRenderer;
  readonly Camera: new (
    gl: WebGL2RenderingContext,
    options: { readonly fov: number; readonly near: number; readonly far: number },
  ) => OglCamera;
  readonly Transform: new () => OglTransform;
  readonly Geometry: new (
    gl: WebGL2RenderingContext,
    attributes: Readonly<Record<string, OglAttribute>>,
  ) => OglGeometry;
  readonly Program: new (
    gl: WebGL2RenderingContext,
    options: {
      readonly vertex: string;
      readonly fragment: string;
      readonly uniforms: Readonly<Record<string, { readonly value: unknown }>>;
      readonly transparent?: boolean;
      readonly cullFace?: false;
      readonly depthWrite?: boolean;
    },
  ) => OglProgram;
  readonly Mesh: new (
    gl: WebGL2RenderingContext,
    options: { readonly geometry: OglGeometry; readonly program: OglProgram; readonly frustumCulled: false },
  ) => OglTransform;
}

/** The module. @throws where it can't be fetched. */
export async function loadOgl(): Promise<Ogl> {
  return (await import("ogl")) as unknown as Ogl;
}
