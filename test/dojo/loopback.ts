import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server received: enough to say what was sent, how often, and over which connection. */
export type Received = Readonly<{
  method: string;
  path: string;
  /** Names as they were on the wire. */
  headers: Readonly<Record<string, string>>;
  body: string;
  connection: number;
}>;

/** Plays one answer; the request has been received whole. */
export type Answer = (response: http.ServerResponse, socket: Socket) => void;

export type Loopback = Readonly<{
  url: string;
  received: readonly Received[];
  /** Answers to come, one per request, in order. A request without one gets a 500 that says so. */
  willAnswer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}>;

export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));

export const text =
  (status: number, contentType: string, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'Content-Type': contentType, ...headers }).end(body);

export const empty =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end();

/** Bytes as they are, then the connection is closed or, with `stay`, left open. */
export const raw =
  (bytes: string, then: 'end' | 'reset' | 'stay' = 'end'): Answer =>
  (_response, socket) => {
    socket.write(bytes, () => {
      if (then === 'end') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });
  };

export const reset: Answer = (_response, socket) => void socket.resetAndDestroy();

/** Never answers. */
export const silence: Answer = () => undefined;

/** A scripted server on this machine's loopback address: no test talks to anything else. */
export async function startLoopback(): Promise<Loopback> {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const connections = new Map<Socket, number>();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: pairs(request.rawHeaders),
      body: Buffer.concat(chunks).toString('utf8'),
      connection: connections.get(request.socket) ?? -1,
    });
    const answer = answers.shift() ?? json(500, { title: `no answer was scripted for request ${received.length}` });
    answer(response, request.socket);
  });
  server.on('connection', (socket) => connections.set(socket, connections.size + 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    willAnswer: (...more) => void answers.push(...more),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function pairs(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers[rawHeaders[at] ?? ''] = rawHeaders[at + 1] ?? '';
  return headers;
}
