// The contract with a FunASR runtime, against a double that speaks its protocol.
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import type { AddressInfo } from 'node:net'
import { doubled, funasrRecogniser, spanOf } from './funasr-recogniser.ts'
import { hearWave, recognise, type Heard } from './recognise.ts'

type Session = { begin: Record<string, unknown>; bytes: number }
let server: WebSocketServer | undefined
const sessions: Session[] = []
/** Answers as the runtime does: partial texts on the way, the corrected sentence and `is_final` when speaking ended. */
async function runtime(answer: (socket: WebSocket, session: Session) => void): Promise<string> {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    const session: Session = { begin: {}, bytes: 0 }
    sessions.push(session)
    socket.on('message', (data: Buffer, binary) => {
      if (binary) { session.bytes += data.length; if (session.bytes === data.length) socket.send(JSON.stringify({ mode: '2pass-online', text: '小区', is_final: false })); return }
      const said = JSON.parse(data.toString()) as Record<string, unknown>
      if (said['is_speaking'] === true) session.begin = said
      else answer(socket, session)
    })
  })
  await new Promise((ready) => server?.once('listening', ready))
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterEach(() => { for (const client of server?.clients ?? []) client.terminate(); server?.close(); server = undefined; sessions.length = 0; recognise.clear() })

const tone = (n: number) => Int16Array.from({ length: 160 }, (_, i) => 1000 * Math.sin((i + n * 160) / 5))
async function listen(url: string, frames: { speaker: 'citizen' | 'agent'; offsetMs: number }[]): Promise<Heard[]> {
  const heard: Heard[] = []
  const session = funasrRecogniser(url).open((one) => heard.push(one))
  frames.forEach(({ speaker, offsetMs }, i) => session.frame({ speaker, offsetMs, samples: tone(i) }))
  await session.end()
  return heard
}

test('每位说话人一条连接，16 千赫发出；只取修正后的句子，时间对回录音；中间停顿过的也对得上', async () => {
  const url = await runtime((socket, session) => {
    const first = session.bytes > 3000
    socket.send(JSON.stringify({ mode: '2pass-offline', text: first ? '小区停水了。' : '您好。', is_final: false, timestamp: first ? '[[20,60],[120,150]]' : '', ...(first ? {} : { stamp_sents: [{ text_seg: '您 好', start: 0, end: 40 }] }) }))
    socket.send(JSON.stringify({ mode: '2pass-offline', text: '', is_final: true }))
  })
  const citizen = Array.from({ length: 8 }, (_, i) => ({ speaker: 'citizen' as const, offsetMs: i < 4 ? 1000 + i * 20 : 5000 + (i - 4) * 20 }))
  const heard = await listen(url, [...citizen, { speaker: 'agent', offsetMs: 900 }, { speaker: 'agent', offsetMs: 920 }])
  expect(heard.toSorted((a, b) => a.startMs - b.startMs)).toEqual([{ speaker: 'agent', startMs: 900, endMs: 940, text: '您好。', confidence: 0.8 }, { speaker: 'citizen', startMs: 1020, endMs: 5070, text: '小区停水了。', confidence: 0.8 }])
  expect(sessions.map((one) => [one.begin['mode'], one.begin['audio_fs'], one.bytes])).toEqual([['2pass', 16_000, 8 * 640], ['2pass', 16_000, 2 * 640]])
})

test('没有时间戳的模型按已发的声音算；听不懂的回答不影响；连不上时说出来，由有录音的再试', async () => {
  expect(spanOf({ mode: '', text: 'x', is_final: false })).toBeNull()
  expect([...doubled(Int16Array.from([0, 100, -100]))].length).toBe(12)
  const url = await runtime((socket) => { socket.send('不是 JSON'); socket.send(JSON.stringify({ mode: '2pass-offline', text: '停水', is_final: true })) })
  expect(await listen(url, [{ speaker: 'citizen', offsetMs: 500 }, { speaker: 'citizen', offsetMs: 520 }])).toMatchObject([{ startMs: 500, endMs: 540, text: '停水' }])
  await expect(listen('ws://127.0.0.1:9', [{ speaker: 'citizen', offsetMs: 0 }])).rejects.toThrow()
})

test('录音文件（8 或 16 千赫 PCM）变成文字；别的格式认不出', async () => {
  const url = await runtime((socket) => socket.send(JSON.stringify({ mode: '2pass-offline', text: '路灯不亮', is_final: true })))
  recognise.add(() => funasrRecogniser(url))
  const wave = (rate: number, seconds: number): Buffer => {
    const head = Buffer.alloc(44)
    head.write('RIFF', 0); head.write('WAVEfmt ', 8); head.writeUInt32LE(16, 16); head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(rate, 24); head.writeUInt32LE(rate * 2, 28); head.writeUInt16LE(2, 32); head.writeUInt16LE(16, 34)
    head.write('data', 36); head.writeUInt32LE(rate * 2 * seconds, 40)
    return Buffer.concat([head, Buffer.alloc(rate * 2 * seconds)])
  }
  expect(await hearWave(wave(16_000, 1))).toMatchObject([{ text: '路灯不亮', startMs: 0, endMs: 1000 }])
  expect(await hearWave(wave(8000, 2))).toMatchObject([{ endMs: 2000 }])
  expect([await hearWave(Buffer.from('not a sound')), await hearWave(wave(44_100, 1))]).toEqual([null, null])
})
