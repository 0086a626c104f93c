/** Numbers of epochs that go to a server, here one of our own. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ValueError } from "@crease/backend";
import { LambdaCallback, RemoteMonitor } from "@crease/models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { line, points } from "./scripted.ts";

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let root = "";
let status = 200;
const requests: Request[] = [];
beforeEach(async () => {
  requests.length = 0;
  status = 200;
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body });
    response.writeHead(status).end("thanks");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function train(...callbacks: (RemoteMonitor | LambdaCallback)[]): Promise<Readonly<Record<string, number[]>>> {
  const { history } = await line().fit(...points(), { epochs: 2, verbose: 0, callbacks });
  return history;
}

test("as a field of a form", async () => {
  const history = await train(new RemoteMonitor({ root }));
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(2).fill("POST /publish/epoch/end/"));
  expect(requests.map(({ body }) => JSON.parse(new URLSearchParams(body).get("data") as string))).toEqual(
    [0, 1].map((epoch) => ({ epoch, loss: history.loss?.[epoch] })),
  );
});

test("as JSON, to another path, with headers", async () => {
  const nan = new LambdaCallback({
    onEpochEnd: (_, logs) => {
      logs.odd = Number.NaN;
    },
  });
  await train(nan, new RemoteMonitor({ root, path: "/here", sendAsJson: true, headers: { "X-Key": "k" } }));
  expect(requests[0]).toMatchObject({ url: "/here", headers: { "content-type": "application/json", "x-key": "k" } });
  expect(JSON.parse(requests[1]?.body ?? "")).toMatchObject({ epoch: 1, odd: null });
});

test("a server that refuses or is not there stops no training", async () => {
  status = 500;
  const monitor = new RemoteMonitor({ root });
  await train(monitor);
  expect([monitor.failures, String(monitor.lastError)]).toEqual([2, `Error: ${root}/publish/epoch/end/ answered 500`]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const lost = new RemoteMonitor({ root });
  expect((await train(lost)).loss).toHaveLength(2);
  expect(lost.failures).toBe(2);
});

test("what is no address is refused", () => {
  expect(() => new RemoteMonitor({ root: "nowhere" })).toThrow(ValueError);
});
