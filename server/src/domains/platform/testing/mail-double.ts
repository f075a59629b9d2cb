// A mail server for tests: speaks as much SMTP as a sender needs, keeps what it was given, refuses on request.
import { createServer, type Server, type Socket } from 'node:net'

export type Mail = { to: string; data: string }
export type MailDouble = { port: number; mails: Mail[]; /** The reply to DATA, e.g. `451 busy`; null accepts. */ refuse: string | null; stop(): Promise<void> }

export async function mailDouble(): Promise<MailDouble> {
  const open = new Set<Socket>()
  const server: Server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    talk(socket, double)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const double: MailDouble = {
    port: typeof address === 'object' && address ? address.port : 0, mails: [], refuse: null,
    stop: () => new Promise((done) => {
      for (const socket of open) socket.destroy()
      server.close(() => done())
    }),
  }
  return double
}

function talk(socket: Socket, double: MailDouble): void {
  let buffer = ''
  let to = ''
  let inData = false
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say('220 double')
  socket.setEncoding('utf8')
  socket.on('error', () => undefined)
  socket.on('data', (chunk: string) => {
    buffer += chunk
    for (;;) {
      const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
      if (end < 0) return
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + (inData ? 5 : 2))
      if (inData) {
        inData = false
        if (double.refuse === null) double.mails.push({ to, data: line })
        say(double.refuse ?? '250 taken')
      } else if (/^EHLO|^HELO/i.test(line)) say('250 double')
      else if (/^RCPT TO:<(.+)>/i.test(line)) {
        to = /<(.+)>/.exec(line)?.[1] ?? ''
        say(to.startsWith('nobody@') ? '550 no such user' : '250 ok')
      } else if (/^DATA/i.test(line)) {
        inData = true
        say('354 go on')
      } else if (/^QUIT/i.test(line)) {
        say('221 bye')
        socket.end()
      } else say('250 ok')
    }
  })
}
