/** The ball in 3D: two sheets of ruled paper and a pane of glass, drawn by OGL. */
import type { Ogl, OglCamera, OglGeometry, OglProgram, OglRenderer, OglTransform } from "./ogl.ts";
import { eyeAt, type Scene } from "./scene.ts";
import { sheetSide, vertexCount } from "./shapes.ts";

/** Colours as three numbers from 0 to 1. */
export interface StageColors {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly ink: readonly number[];
}

const paperVertex = `#version 300 es
in vec3 position; in vec3 paper;
uniform mat4 modelViewMatrix, projectionMatrix;
out vec3 seen; out vec3 sheet;
void main() {
  vec4 p = modelViewMatrix * vec4(position, 1.0);
  seen = p.xyz; sheet = paper;
  gl_Position = projectionMatrix * p;
}`;

// Each facet is flat, as paper is between creases. One sheet has squares, the other lines.
const paperFragment = `#version 300 es
precision highp float;
in vec3 seen; in vec3 sheet;
uniform vec3 first, second;
out vec4 color;
float rule(float at) {
  float cell = at * 8.0;
  float width = fwidth(cell);
  return 1.0 - smoothstep(width * 0.5, width * 1.5, abs(fract(cell - 0.5) - 0.5));
}
void main() {
  vec3 normal = normalize(cross(dFdx(seen), dFdy(seen)));
  float light = 0.5 + 0.5 * abs(dot(normal, normalize(vec3(0.35, 0.7, 0.9))));
  bool isFirst = sheet.z < 0.5;
  float line = isFirst ? max(rule(sheet.x), rule(sheet.y)) : rule(sheet.y);
  vec3 base = isFirst ? first : second;
  color = vec4(mix(base, vec3(1.0), 0.45 * line) * light, 1.0);
}`;

const glassVertex = `#version 300 es
in vec3 position;
uniform mat4 modelViewMatrix, projectionMatrix;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`;

const glassFragment = `#version 300 es
precision highp float;
uniform vec3 ink; uniform float share;
out vec4 color;
void main() { color = vec4(ink * 0.16 * share, 0.16 * share); }`;

/** A canvas with the scene on it. */
export class Stage {
  readonly #renderer: OglRenderer;
  readonly #camera: OglCamera;
  readonly #root: OglTransform;
  readonly #paper: { readonly geometry: OglGeometry; readonly program: OglProgram };
  readonly #glass: { readonly geometry: OglGeometry; readonly program: OglProgram };

  /** The canvas must have given a `webgl2` context. */
  constructor(ogl: Ogl, canvas: HTMLCanvasElement) {
    this.#renderer = new ogl.Renderer({ canvas, alpha: true, antialias: true, dpr: Math.min(2, devicePixelRatio) });
    const { gl } = this.#renderer;
    this.#camera = new ogl.Camera(gl, { fov: 32, near: 0.5, far: 10 });
    this.#root = new ogl.Transform();
    this.#paper = {
      geometry: new ogl.Geometry(gl, {
        position: { size: 3, data: new Float32Array(vertexCount * 3), usage: gl.DYNAMIC_DRAW },
        paper: { size: 3, data: paperCoordinates() },
        index: { data: triangles() },
      }),
      program: new ogl.Program(gl, {
        vertex: paperVertex,
        fragment: paperFragment,
        uniforms: { first: { value: [0, 0, 0] }, second: { value: [0, 0, 0] } },
        cullFace: false,
      }),
    };
    this.#glass = {
      geometry: new ogl.Geometry(gl, {
        position: { size: 3, data: new Float32Array(12), usage: gl.DYNAMIC_DRAW },
        index: { data: new Uint16Array([0, 1, 2, 0, 2, 3]) },
      }),
      program: new ogl.Program(gl, {
        vertex: glassVertex,
        fragment: glassFragment,
        uniforms: { ink: { value: [0, 0, 0] }, share: { value: 0 } },
        transparent: true,
        cullFace: false,
        depthWrite: false,
      }),
    };
    for (const { geometry, program } of [this.#paper, this.#glass]) {
      const mesh = new ogl.Mesh(gl, { geometry, program, frustumCulled: false });
      mesh.setParent(this.#root);
    }
  }

  /** Draws the scene, seen by an eye at `turn` and `tilt` degrees, in a picture of the given size in CSS pixels. */
  draw(
    scene: Scene,
    view: { readonly turn: number; readonly tilt: number; readonly width: number; readonly height: number },
    colors: StageColors,
  ): void {
    const { turn, tilt, width, height } = view;
    this.#renderer.setSize(width, height);
    this.#camera.perspective({ aspect: width / height });
    const distance = 3.75;
    const [x, y, z] = eyeAt(turn, tilt);
    this.#camera.position.set(x * distance, y * distance, z * distance);
    this.#camera.lookAt([0, 0, 0]);
    fill(this.#paper.geometry, scene.places);
    fill(this.#glass.geometry, paneOf(scene));
    setUniforms(this.#paper.program, { first: colors.first, second: colors.second });
    setUniforms(this.#glass.program, { ink: colors.ink, share: scene.cutShare });
    this.#renderer.render({ scene: this.#root, camera: this.#camera });
  }

  /** Gives the context up. */
  dispose(): void {
    this.#renderer.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function setUniforms({ uniforms }: OglProgram, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    const uniform = uniforms[name];
    if (uniform !== undefined) uniform.value = value;
  }
}

function fill(geometry: OglGeometry, values: Float32Array): void {
  const { position } = geometry.attributes;
  if (position?.data === undefined) return;
  position.data.set(values);
  position.needsUpdate = true;
}

/** Along, down, and which sheet, for each vertex: the first two from -1 to 1. */
function paperCoordinates(): Float32Array {
  const coordinates = new Float32Array(vertexCount * 3);
  const last = sheetSide - 1;
  for (let i = 0; i < vertexCount; i++) {
    const onSheet = i % (sheetSide * sheetSide);
    coordinates.set(
      [
        (2 * (onSheet % sheetSide)) / last - 1,
        (2 * Math.floor(onSheet / sheetSide)) / last - 1,
        i < sheetSide * sheetSide ? 0 : 1,
      ],
      i * 3,
    );
  }
  return coordinates;
}

/** Two triangles for each cell of both sheets. */
function triangles(): Uint16Array {
  const corners: number[] = [];
  for (let sheet = 0; sheet < 2; sheet++)
    for (let row = 0; row + 1 < sheetSide; row++)
      for (let column = 0; column + 1 < sheetSide; column++) {
        const a = (sheet * sheetSide + row) * sheetSide + column;
        const [b, c, d] = [a + 1, a + sheetSide, a + sheetSide + 1];
        corners.push(a, b, c, b, d, c);
      }
  return new Uint16Array(corners);
}

/** The corners of a square pane in the flat cut. */
function paneOf({ normal: [a, b, c], distance }: Scene): Float32Array {
  // Any direction that is not the normal gives two that lie in the pane.
  const [x, y, z] = Math.abs(a) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = unit([b * z - c * y, c * x - a * z, a * y - b * x]);
  const v = [b * u[2] - c * u[1], c * u[0] - a * u[2], a * u[1] - b * u[0]] as const;
  const half = 0.85;
  const corner = (s: number, t: number): number[] =>
    [a, b, c].map((value, i) => value * distance + half * (s * (u[i] as number) + t * (v[i] as number)));
  return new Float32Array([...corner(-1, -1), ...corner(1, -1), ...corner(1, 1), ...corner(-1, 1)]);
}

function unit([x, y, z]: readonly [number, number, number]): readonly [number, number, number] {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}
