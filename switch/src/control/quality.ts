// How a leg sounds: the worst of it is kept with the call, and what is bad is told once, to the desk with what helps and to those who look after lines.
import { type Call, type Party, partyOf, up } from './call.ts'
import { type Turn, desk, emit, indexOf } from './world.ts'

export type Values = { lossPercent: number, jitterMs: number, delayMs: number, level: number }
export type Trouble = 'delay' | 'loss' | 'quiet' | 'noSound'

/** Digital silence of a microphone; people who listen still breathe. */
const QUIET_DBOV = -75
/** So many measurements (5 s each) in a row. */
const QUIET_TIMES = 6

/** A measurement of a leg, each five seconds. */
export function measured(t: Turn, call: Call, party: Party, now: Values): void {
  const was = party.quality
  const talking = call.state === 'talking' && !party.muted && party.mode === 'talk'
  const quiet = party.agent !== null && talking && now.level < QUIET_DBOV ? (was?.quiet ?? 0) + 1 : 0
  party.quality = {
    lossPercent: Math.max(was?.lossPercent ?? 0, now.lossPercent), jitterMs: Math.max(was?.jitterMs ?? 0, now.jitterMs), delayMs: Math.max(was?.delayMs ?? 0, now.delayMs), level: Math.max(was?.level ?? -127, now.level), quiet, trouble: was?.trouble ?? null,
  }
  const { qualityDelayMs, qualityLossPercent } = indexOf(t, call).policy.settings
  const trouble = now.delayMs > qualityDelayMs ? 'delay' : now.lossPercent > qualityLossPercent ? 'loss' : quiet >= QUIET_TIMES ? 'quiet' : null
  if (trouble === party.quality.trouble || party.quality.trouble === 'noSound') return
  party.quality.trouble = trouble
  if (trouble === null) return better(t, call)
  tell(t, call, party, trouble)
  // A microphone that is off is the agent's to mend; the line is others'. One alarm a call, however often it comes and goes.
  if (trouble === 'quiet' || call.alarmed) return
  call.alarmed = true
  emit(t, call.id, 'alarm', { alarm: 'callQuality', detail: JSON.stringify({ trouble, agent: party.agent ?? call.agent, lossPercent: Math.round(now.lossPercent), delayMs: Math.round(now.delayMs) }), over: false })
}

/** Packets stay away where some should come, or come again. */
export function soundAway(t: Turn, call: Call, party: Party, away: boolean): void {
  const trouble = away ? 'noSound' : null
  party.quality = { lossPercent: 0, jitterMs: 0, delayMs: 0, level: -127, quiet: 0, ...party.quality, trouble }
  if (trouble) tell(t, call, party, trouble)
  else better(t, call)
}

/** What is kept: the worst of each leg, told when it leaves. */
export function qualityOf(t: Turn, call: Call, party: Party): void {
  if (!party.quality) return
  const { lossPercent, jitterMs, delayMs, level } = party.quality
  emit(t, call.id, 'mediaQuality', { legId: party.leg, lossPercent, jitterMs, delayMs, level, agent: party.agent })
  delete party.quality
}

/** Recording has broken off: whoever talks should know that nothing is kept. */
export const notRecorded = (t: Turn, call: Call): void => hint(t, call, 'notRecorded', '')

/** `self:` the own microphone or line, `far:` the other's. */
function tell(t: Turn, call: Call, party: Party, trouble: Trouble): void {
  for (const one of up(call)) if (one.agent && one.role !== 'monitor') desk(t, one.agent, { type: 'hint', hint: 'lineBad', callId: call.id, detail: `${partyOf(call, one.agent) === party ? 'self' : 'far'}:${trouble}` })
}
function better(t: Turn, call: Call): void {
  if (!call.parties.some((p) => p.state === 'up' && p.quality?.trouble)) hint(t, call, 'lineGood', '')
}
function hint(t: Turn, call: Call, name: 'lineGood' | 'notRecorded', detail: string): void {
  for (const one of up(call)) if (one.agent && one.role !== 'monitor') desk(t, one.agent, { type: 'hint', hint: name, callId: call.id, detail })
}
