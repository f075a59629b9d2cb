// A real browser as an agent's leg: Chromium speaks with a SIPp caller over native media; each tone is found at the other ear and in its channel of the recording.
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, openDesk, trunk, type Desk } from './desk.ts'
import { startProbe } from './probe.ts'
import { caller, hasSipp, runSipp } from './sipp.ts'
import { tonesIn } from './tones.ts'

const executable = [process.env.MINSHENG_CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => file !== '' && existsSync(file))
if (!executable) console.log('Chromium is not installed: browser legs are not tried')

/** In the page: a connection that sends a tone, and what it hears. */
const script = `
  async function connect(frequency) {
    await navigator.mediaDevices.getUserMedia({ audio: true })
    const audio = new AudioContext()
    const oscillator = audio.createOscillator()
    oscillator.frequency.value = frequency
    const out = audio.createMediaStreamDestination()
    oscillator.connect(out)
    oscillator.start()
    const pc = new RTCPeerConnection()
    window.pc = pc
    pc.addTrack(out.stream.getAudioTracks()[0], out.stream)
    pc.ontrack = ({ track }) => {
      const stream = new MediaStream([track])
      const element = new Audio()
      element.srcObject = stream
      element.muted = true
      void element.play()
      const analyser = audio.createAnalyser()
      analyser.fftSize = 4096
      audio.createMediaStreamSource(stream).connect(analyser)
      window.loudest = () => {
        const bins = new Float32Array(analyser.frequencyBinCount)
        analyser.getFloatFrequencyData(bins)
        const at = bins.indexOf(Math.max(...bins))
        return { frequency: at * audio.sampleRate / analyser.fftSize, level: bins[at] }
      }
    }
    await pc.setLocalDescription(await pc.createOffer())
    if (pc.iceGatheringState !== 'complete') await new Promise((resolve) => { pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve() })
    return pc.localDescription.sdp
  }
  async function accept(sdp) {
    await pc.setRemoteDescription({ type: 'answer', sdp })
    if (pc.connectionState !== 'connected') await new Promise((resolve, reject) => { pc.onconnectionstatechange = () => pc.connectionState === 'connected' ? resolve() : pc.connectionState === 'failed' && reject(new Error('failed')) })
  }
`

describe.skipIf(!executable || !hasSipp)('a browser leg', () => {
  let [desk, browser, page]: [Desk, Browser, Page] = [] as never
  let port = 0
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(`<script>${script}</script>`))

  beforeAll(async () => {
    port = await freePort()
    desk = await openDesk({ trunks: [trunk('in', port)], users: [] }, { rtp: { from: 26_000, to: 26_999 } })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({ executablePath: executable ?? '', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection', '--disable-features=WebRtcHideLocalIpsWithMdns'] })
    page = await browser.newPage()
    const address = server.address()
    await page.goto(`http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`)
  })
  afterAll(async () => {
    await browser.close()
    server.close()
    await desk.close()
  })

  async function connect(leg: string, frequency: number): Promise<void> {
    const sdp = await page.evaluate<string>(`connect(${frequency})`)
    const before = desk.happened.length
    desk.order({ kind: 'browserOffer', leg, sdp })
    const { sdp: answer } = await desk.when('browserAnswer', (one) => one.leg === leg && desk.happened.indexOf(one) >= before)
    expect(answer).not.toMatch(/candidate:.* (?!127\.0\.0\.1)\d+\.\d+\.\d+\.\d+ \d+ typ host/)
    await page.evaluate(`accept(${JSON.stringify(answer)})`)
  }

  test('tones go both ways between a browser and a caller, and each into its channel; a page that is loaded anew speaks again', async () => {
    await connect('agent', 700)
    await desk.when('answered', (one) => one.leg === 'agent')
    await desk.when('media', (one) => one.leg === 'agent' && one.state === 'up')
    const probe = await startProbe({ ports: [31_900], tone: 440, seconds: 60, listen: [440, 700] })
    const run = runSipp({ scenario: caller({ talkMs: 9000 }), target: desk.target, port, keys: { caller: '139', called: '200', probe_port: '31900' } })
    const { leg } = await desk.when('incoming', (one) => one.to === '200')
    desk.order({ kind: 'answer', leg })
    await desk.when('answered', (one) => one.leg === leg)
    desk.order({ kind: 'record', recording: 'rec-b', call: 'b', left: [leg], right: ['agent'] })
    desk.order({ kind: 'mix', room: 'b', members: [{ leg, hears: ['agent'] }, { leg: 'agent', hears: [leg] }] })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const heard = await page.evaluate<{ frequency: number; level: number }>('loudest()')
    expect(heard.frequency).toBeGreaterThan(420)
    expect(heard.frequency).toBeLessThan(460)
    await page.reload()
    await connect('agent', 700)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect((await page.evaluate<{ frequency: number }>('loudest()')).frequency).toBeLessThan(460)
    expect(desk.happened.filter((one) => one.kind === 'ended' && one.leg === 'agent')).toEqual([])
    await desk.when('ended', (one) => one.leg === leg)
    desk.order({ kind: 'stopRecording', recording: 'rec-b' })
    await desk.when('recording', (one) => one.recording === 'rec-b' && one.state === 'finished')
    expect((await run).code).toBe(0)
    const [report] = await probe.stop()
    expect(report?.tones['700']).toBeGreaterThan(0.8)
    expect(report?.tones['440']).toBe(0)
    const file = join(desk.folder, 'spool/rec-b.wav')
    expect(tonesIn(file, 440).left).toBeGreaterThan(0.95)
    expect(tonesIn(file, 700).right).toBeGreaterThan(0.8)
    expect(tonesIn(file, 700).left).toBe(0)
  })

  test('an offer that is none, and a browser that never connects, end the leg with a reason', async () => {
    desk.order({ kind: 'browserOffer', leg: 'bad', sdp: 'v=0\r\nnonsense' })
    expect(await desk.when('ended', (one) => one.leg === 'bad')).toMatchObject({ cause: 'mediaLost' })
    desk.order({ kind: 'hangUp', leg: 'agent', cause: 'normal' })
    expect(await desk.when('ended', (one) => one.leg === 'agent')).toMatchObject({ cause: 'normal', by: 'near' })
    expect(desk.logs.filter((one) => one.level === 'error')).toEqual([])
  })
})
