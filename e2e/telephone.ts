// People on the telephone: browsers that speak with a tone of their own and whose ears are measured; steps of the softphone by clicks.
import { strict as assert } from 'node:assert'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launch, shoot, type World } from './harness.ts'

/** Short bursts, as speech has: noise suppression of browsers takes a steady tone away. */
function burstsOf(hz: number): Buffer {
  const rate = 48_000
  const samples = Buffer.alloc(rate * 2 * 2)
  for (let i = 0; i < rate * 2; i++) {
    const [at, fade] = [i % (rate / 2), rate / 100]
    const loud = at < rate * 0.3 ? Math.min(1, at / fade, (rate * 0.3 - at) / fade) : 0
    samples.writeInt16LE(Math.round(12_000 * loud * Math.sin((2 * Math.PI * hz * i) / rate)), i * 2)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  for (const [at, value, bytes] of [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]] as const) head.writeUIntLE(value, at, bytes)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** In every page: what arrives over a connection can be asked for its frequencies. */
const ears = `{
  const Native = window.RTCPeerConnection
  if (Native) {
    const audio = new AudioContext()
    window.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given)
        window.lineNow = this
        this.addEventListener('track', ({ track }) => {
          const analyser = audio.createAnalyser()
          analyser.fftSize = 2048
          analyser.smoothingTimeConstant = 0
          audio.createMediaStreamSource(new MediaStream([track])).connect(analyser)
          window.heardNow = () => {
            const bins = new Float32Array(analyser.frequencyBinCount)
            analyser.getFloatFrequencyData(bins)
            return Array.from(bins, (level, i) => [i * audio.sampleRate / analyser.fftSize, level]).filter(([, level]) => level > -70)
          }
        })
      }
    }
    document.addEventListener('pointerdown', () => void audio.resume())
  }
}`

/** The world as a person with a voice lives in it: an own browser whose microphone says bursts of this tone. Closed with the world. */
export async function speaking(world: World, hz: number, more: string[] = []): Promise<World> {
  const file = join(mkdtempSync(join(tmpdir(), 'minsheng-voice-')), `${hz}.wav`)
  writeFileSync(file, burstsOf(hz))
  const browser: Browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${file}`, '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection', '--disable-features=WebRtcHideLocalIpsWithMdns', ...more])
  return { ...world, browser }
}

export const withEars = async (page: Page): Promise<void> => void (await page.addInitScript(ears))

/** How often of forty looks in two seconds each tone is heard clearly: well above what is 200 Hz beside it. Counted in the page, which a busy machine does not disturb. */
export async function heard(page: Page, tones: number[]): Promise<Record<number, number>> {
  return page.evaluate<Record<number, number>>(`new Promise((resolve) => {
    const tones = ${JSON.stringify(tones)}
    const counts = Object.fromEntries(tones.map((tone) => [tone, 0]))
    let looks = 0
    const timer = setInterval(() => {
      const bins = window.heardNow ? window.heardNow() : []
      const near = (hz) => Math.max(-200, ...bins.filter(([at]) => Math.abs(at - hz) < 40).map(([, level]) => level))
      for (const tone of tones) if (near(tone) > -60 && near(tone) > near(tone + 200) + 12 && near(tone) > near(tone - 200) + 12) counts[tone] += 1
      looks += 1
      if (looks < 40) return
      clearInterval(timer)
      resolve(counts)
    }, 50)
  })`)
}

/** The tones of all others are at this ear, and none that should not be there. */
export async function hears(who: string, page: Page, tones: number[], not: number[] = []): Promise<void> {
  let last: Record<number, number> = {}
  for (let tries = 0; tries < 10; tries++) {
    last = await heard(page, [...tones, ...not])
    if (tones.every((tone) => (last[tone] ?? 0) >= 3) && not.every((tone) => (last[tone] ?? 0) === 0)) return
  }
  const line = await page.evaluate<unknown>(`window.lineNow?.getStats().then((all) => [...all.values()].filter((one) => one.type.endsWith('bound-rtp') || one.type === 'candidate-pair').map(({ type, state, packetsReceived, packetsSent, packetsLost, concealedSamples, totalSamplesReceived, audioLevel }) => ({ type, state, packetsReceived, packetsSent, packetsLost, concealedSamples, totalSamplesReceived, audioLevel })))`)
  assert.fail(`${who} should hear ${tones.join(', ')}${not.length > 0 ? ` and not ${not.join(', ')}` : ''}; heard (of 40): ${JSON.stringify(last)}; line: ${JSON.stringify(line)}`)
}

/** Calls the hotline from the portal and presses a key of the menu. */
export async function callHotline(world: World, page: Page, mobile: string, key: string, picture?: string): Promise<void> {
  await withEars(page)
  await page.goto(`${world.public}/call`)
  await page.getByLabel('用哪个号码体验').fill(mobile)
  await page.getByRole('button', { name: /^拨打 12345/ }).last().click()
  await page.getByText('语音导航').waitFor()
  if (picture) await shoot(page, picture)
  await page.getByRole('button', { name: `按 ${key}`, exact: true }).click()
}

/** Asks until there is an answer; what travels over sockets is waited for, never timed. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, seconds = 20): Promise<T> {
  for (const began = performance.now(); performance.now() - began < seconds * 1000; ) {
    const found = await ask()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`${what}: not within ${seconds} s`)
}

/** Signs in at the desk with the browser's microphone, and becomes ready unless told otherwise. */
export async function signInAtDesk(page: Page, { ready = true } = {}): Promise<void> {
  const bar = page.getByLabel('软电话')
  await bar.getByRole('button', { name: '签入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '签入' }).click()
  const idle = bar.getByRole('button', { name: /示闲 \d/ })
  const become = bar.getByRole('button', { name: /^示闲 ?F4/ })
  await idle.or(become).first().waitFor({ timeout: 45_000 })
  if (!ready) return
  if (await become.isVisible()) await become.click()
  await idle.waitFor()
}
