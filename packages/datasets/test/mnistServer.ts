/** A web server on the loopback device that serves a folder. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";

/** What a server does with a request instead of sending the file. */
export type Answer = "missing" | "breaks off" | "hangs";

/** Runs `body` with the address of a server of `folder`; `answer` may decide otherwise for a file. */
export async function withServer<T>(
  folder: string,
  body: (url: string, requests: string[]) => Promise<T>,
  answer: (name: string) => Answer | undefined = () => undefined,
): Promise<T> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const name = basename(request.url as string);
    requests.push(name);
    const what = answer(name);
    const bytes = what === "missing" ? undefined : await readFile(join(folder, name)).catch(() => undefined);
    if (bytes === undefined) {
      response.writeHead(404).end("no such file");
      return;
    }
    response.writeHead(200, { "content-length": bytes.length });
    if (what === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, 4000), () => what === "breaks off" && response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/data`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
