import { expect, test } from 'vitest'
import { alawHeader, NotWave, readWave, toAlaw, toTelephoneRate } from './voice-wave.ts'

/** A WAV of one tone. */
export function tone(hz: number, rate: number, ms: number, channels = 1): Buffer {
  const frames = Math.floor((rate * ms) / 1000)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + frames * 2 * channels, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2 * channels, 28)
  header.writeUInt16LE(2 * channels, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(frames * 2 * channels, 40)
  const data = Buffer.alloc(frames * 2 * channels)
  for (let i = 0; i < frames; i++) for (let c = 0; c < channels; c++) data.writeInt16LE(Math.round(16_000 * Math.sin((2 * Math.PI * hz * i) / rate)), (i * channels + c) * 2)
  return Buffer.concat([header, data])
}

const power = (samples: Float32Array): number => samples.subarray(400, samples.length - 400).reduce((sum, v) => sum + v * v, 0) / (samples.length - 800)

test('任何采样率都变成 8 kHz，长度不变', () => {
  for (const rate of [8000, 11_025, 16_000, 44_100, 48_000]) expect([rate, toTelephoneRate(readWave(tone(440, rate, 500, 2))).length / 8]).toEqual([rate, expect.closeTo(500, 0)])
})

test('高于电话频带的声音被滤除，而不是折返成别的音', () => {
  const heard = power(toTelephoneRate(readWave(tone(1000, 48_000, 500))))
  const folded = power(toTelephoneRate(readWave(tone(7000, 48_000, 500))))
  expect(heard).toBeGreaterThan(0.1)
  expect(folded).toBeLessThan(heard / 1000)
})

test('A 律编码与标准值一致', () => {
  // G.711 table: silence is 0xD5, full scale 0xAA.
  expect([...toAlaw(Float32Array.from([0, 1, -1]))]).toEqual([0xd5, 0xaa, 0x2a])
})

test('不是 PCM WAV 的文件说明原因，残缺的文件不会出错', () => {
  const good = tone(440, 8000, 100)
  expect(() => readWave(Buffer.from('not a sound'))).toThrow(NotWave)
  expect(() => readWave(Buffer.concat([alawHeader(100), Buffer.alloc(100)]))).toThrow('PCM')
  for (let cut = 0; cut < good.length; cut += 7) {
    try {
      readWave(good.subarray(0, cut))
    } catch (error) {
      expect(error).toBeInstanceOf(NotWave)
    }
  }
})
