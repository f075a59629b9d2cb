// Speech recognition of the journeys, loaded into the server: hears whether somebody speaks, and says what the script has for him.
import { recognise, type Heard, type Speaker } from '../server/src/domains/telephony/transcripts/recognise.ts'

const script: Record<Speaker, string[]> = {
  citizen: ['您好，云帆路南口三盏路灯坏了一个星期', '旁边配电箱好像漏电，晚上行人很害怕', '麻烦尽快来修'],
  agent: ['您好，这里是 12345，请问有什么可以帮您', '好的，已经记下位置，马上派单', '感谢来电'],
}
/** A sentence is as long as this much sound. */
const SENTENCE_MS = 1200
const LOUD = 1500

recognise.add(() => ({
  name: '脚本识别',
  open(hear: (heard: Heard) => void) {
    const heard = { citizen: { ms: 0, from: 0, next: 0 }, agent: { ms: 0, from: 0, next: 0 } }
    return {
      frame({ speaker, offsetMs, samples }) {
        const one = heard[speaker]
        if (!samples.some((sample) => Math.abs(sample) > LOUD)) return
        if (one.ms === 0) one.from = offsetMs
        one.ms += 20
        const text = script[speaker][one.next]
        if (one.ms < SENTENCE_MS || text === undefined) return
        hear({ speaker, startMs: one.from, endMs: offsetMs, text, confidence: 0.95 })
        one.ms = 0
        one.next += 1
      },
      end: async () => undefined,
    }
  },
}))
