// Cuts a byte stream into SIP messages by Content-Length (RFC 3261 §18.3). A stream that cannot be cut is broken for good: its connection is closed.

const MOST_HEAD = 64 * 1024
const MOST_BODY = 256 * 1024

/** Feed chunks; the answer is null, or why the stream is broken. `onPing` is told of a double line break, to be answered with one (RFC 5626 §3.5.1). */
export function createFramer(onMessage: (bytes: Buffer) => void, onPing: () => void): (chunk: Buffer) => string | null {
  let held: Buffer = Buffer.alloc(0)
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (;;) {
      let start = 0
      while (start < held.length && (held[start] === 13 || held[start] === 10)) start++
      if (start >= 4) onPing()
      if (start === held.length && start >= 4) start = held.length
      else if (start === held.length) return null // half a ping, or a stray line break before the next message
      held = held.subarray(start)
      if (held.length === 0) return null
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return held.length > MOST_HEAD ? 'a head without end' : null
      if (end > MOST_HEAD) return 'a head too long'
      const match = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r\n/i.exec(`${held.toString('latin1', 0, end)}\r\n`)
      if (!match) return 'a message without a readable Content-Length'
      const length = Number(match[1])
      if (length > MOST_BODY) return 'a body too long'
      if (held.length < end + 4 + length) return null
      onMessage(held.subarray(0, end + 4 + length))
      held = held.subarray(end + 4 + length)
    }
  }
}
