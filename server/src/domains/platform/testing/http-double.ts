// A service for tests: keeps every call and answers as the test says.
import { createServer } from 'node:http'

export type Call = { method: string; path: string; headers: Record<string, string | string[] | undefined>; body: Buffer }
export type Reply = { status?: number; body?: unknown; headers?: Record<string, string> }
export type HttpDouble = { url: string; port: number; calls: Call[]; answer: (call: Call) => Reply; stop(): Promise<void> }

export async function httpDouble(answer: (call: Call) => Reply = () => ({})): Promise<HttpDouble> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) }
      double.calls.push(call)
      const { status = 200, body = {}, headers = {} } = double.answer(call)
      response.writeHead(status, { ...(Buffer.isBuffer(body) || typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers })
      response.end(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const double: HttpDouble = {
    url: `http://127.0.0.1:${port}`, port, calls: [], answer,
    stop: () => new Promise((done) => {
      server.closeAllConnections()
      server.close(() => done())
    }),
  }
  return double
}
