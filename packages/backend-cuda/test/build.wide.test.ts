// Compiling against a libtensorflow with CUDA libraries in pip's layout: with a compiler, wide tier.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildBinding } from "../src/build.ts";
import { reason } from "./cudaCpu.ts";

const site = realpathSync(mkdtempSync(join(tmpdir(), "crease-cuda-")));
afterAll(() => rmSync(site, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const file = join(site, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const name = "loads cusolver, which TensorFlow does not find by itself, from beside it";
test.skipIf(reason !== undefined)(reason === undefined ? name : `${name}: ${reason}`, async () => {
  const compiler = process.env.CXX || "g++";
  const compile = (path: string, text: string): void => {
    const library = write(path, "");
    const source = write(`${path}.cc`, text);
    execFileSync(compiler, ["-shared", "-fPIC", source, "-o", library, `-Wl,-soname,${path.split("/").at(-1)}`]);
  };
  compile("tensorflow/libtensorflow_cc.so.2", "");
  // As TensorFlow does: by name alone, from a library that has no list of folders with it.
  compile(
    "tensorflow/libtensorflow_framework.so.2",
    `#include <dlfcn.h>
bool finds(const char* name) { return dlopen(name, RTLD_LAZY) != nullptr; }
`,
  );
  compile("nvidia/cusolver/lib/libcusolver.so.11", "");
  write("package/binding/tfjs_backend.cc", "#include <node_api.h>\n");
  write(
    "package/binding/tfjs_binding.cc",
    `#include <node_api.h>
bool finds(const char* name);
extern "C" napi_value napi_register_module_v1(napi_env env, napi_value) {
  napi_value found;
  napi_get_boolean(env, finds("libcusolver.so.11"), &found);
  return found;
}
`,
  );
  write(
    "headers/node_api.h",
    `struct Env; struct Value; typedef Env* napi_env; typedef Value* napi_value;
extern "C" int napi_get_boolean(napi_env, bool, napi_value*);
`,
  );
  const folder = join(site, "tensorflow");
  const library = { library: "libtensorflow_cc.so.2", framework: "libtensorflow_framework.so.2", include: folder };
  const file = await buildBinding(join(site, "package"), { folder, ...library }, compiler, join(site, "headers"));
  const script = "console.log(require(process.argv[1]))";
  expect(execFileSync(process.execPath, ["-e", script, file], { encoding: "utf8" })).toBe("true\n");
});
