// Registers a telephone by digest with SHA-256 (RFC 8760), which SIPp does not know; SIPp may then take calls at the same port.
import { createHash, randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The final status of the registrar; 0: no answer within two seconds. */
export function registerTelephone(to: { host: string; port: number }, from: number, phone: { realm: string; user: string; password: string }): Promise<number> {
  const { realm, user, password } = phone
  const [socket, callId, tag] = [createSocket('udp4'), randomUUID(), randomUUID().slice(0, 8)]
  const uri = `sip:${realm}`
  const send = (seq: number, authorization: string): void => socket.send(`REGISTER ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${from};branch=z9hG4bK${tag}${seq}\r\nFrom: <sip:${user}@${realm}>;tag=${tag}\r\nTo: <sip:${user}@${realm}>\r\nCall-ID: ${callId}\r\nCSeq: ${seq} REGISTER\r\nContact: <sip:${user}@127.0.0.1:${from}>\r\nExpires: 3600\r\nMax-Forwards: 70\r\n${authorization}Content-Length: 0\r\n\r\n`, to.port, to.host)
  return new Promise((resolve) => {
    const end = (status: number): void => {
      clearTimeout(timer)
      socket.close(() => resolve(status))
    }
    const timer = setTimeout(() => end(0), 2000)
    socket.on('message', (bytes) => {
      const text = bytes.toString()
      const status = Number(text.slice(8, 11))
      if (status < 200) return
      const nonce = /Digest [^\r]*nonce="([^"]+)"[^\r]*algorithm=SHA-256/.exec(text)?.[1]
      if (status !== 401 || !nonce || !/CSeq: 1 /.test(text)) return end(status)
      const response = sha(`${sha(`${user}:${realm}:${password}`)}:${nonce}:00000001:${tag}:auth:${sha(`REGISTER:${uri}`)}`)
      send(2, `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="${tag}", response="${response}"\r\n`)
    })
    socket.bind(from, '127.0.0.1', () => send(1, ''))
  })
}
