// Typed simulation: a draft flow in the real control over virtual media, without agents. What the editor shows step by step.
import type { Flow, Policy, SimulatedCaller, SimulatedStep } from '../engine-port.ts'
import type { Sound } from '../media-port.ts'
import { advance, newBench } from './simulation.ts'

const wordsOf = (sounds: readonly Sound[]): string => sounds.map((s) => s.kind === 'text' ? s.text : s.kind === 'file' ? `[${s.file.length === 64 ? s.file.slice(0, 8) : s.file.replace('shipped/', '')}]` : s.kind === 'tone' ? `(${s.tone})` : '').filter((w) => w !== '').join(' ')
const MAX_STEPS = 400

/**
 * Lets a typed caller go through a flow.
 * @param policy published policy: queues, prompts, calendars, lists; its agents are not rung.
 * @param at now, unless the caller names another instant.
 * @returns steps with milliseconds since the call came in.
 */
export function simulateFlow(policy: Policy, flow: Flow, caller: SimulatedCaller, at: number): SimulatedStep[] {
  const start = caller.at ?? at
  const queues = policy.queues.map((q) => ({ ...q, callbackAfterSeconds: 0, overflow: [] }))
  const bench = newBench({ ...policy, agents: [], queues, flows: [...policy.flows.filter((f) => f.id !== flow.id), flow], serviceNumbers: [{ number: caller.to, label: '', to: { flow: flow.id }, displayed: null }] }, { keep: true, start })
  const steps: SimulatedStep[] = []
  let said = 0
  let told = 0
  const collect = (): void => {
    for (; told < bench.events.length; told += 1) {
      const event = bench.events[told]
      if (event && event.kind !== 'callArrived' && steps.length < MAX_STEPS) steps.push({ atMs: Math.round(event.at - start), node: nodeOf(event.data), what: event.kind, text: JSON.stringify(event.data).slice(0, 4000) })
    }
    for (; said < bench.media.heard.length; said += 1) {
      const words = wordsOf(bench.media.heard[said]?.sounds ?? [])
      if (words !== '' && steps.length < MAX_STEPS) steps.push({ atMs: Math.round(bench.clock.now() - start), node: null, what: 'says', text: words })
    }
  }
  const wait = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 100) { advance(bench, Math.min(100, ms - passed)); collect() }
  }
  const leg = bench.media.incoming(caller.from, caller.to)
  const call = bench.world.calls.values().next().value
  if (call && caller.variables) bench.world.calls.set(call.id, { ...call, context: { ...caller.variables } })
  wait(200)
  for (const act of caller.acts) {
    if ('waitMs' in act) wait(act.waitMs)
    else if ('hangUp' in act) bench.media.farEnd(leg)
    else for (const key of act.key) { bench.media.press(leg, key); wait(300) }
    wait(50)
  }
  wait(5000)
  return steps.sort((a, b) => a.atMs - b.atMs)
}
const nodeOf = (data: unknown): string | null => typeof data === 'object' && data !== null && 'node' in data && typeof data.node === 'string' ? data.node : null
