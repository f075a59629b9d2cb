// The exchange's control over virtual media: random callers, agents, faults and kills; counts agents that got stuck and calls that never ended.
import { simulate } from '../switch/src/simulate/simulation.ts'
import { figure, least, most, writeResult } from './result.ts'

const AT_ONCE = 2000

export function benchAcdSim(calls: number): Promise<void> {
  const began = performance.now()
  const total = { calls: 0, ended: 0, kills: 0, stuckAgents: 0, zombieCalls: 0, others: 0, virtualMs: 0 }
  for (let seed = 1; total.calls < calls; seed += 1) {
    const run = simulate({ seed, calls: Math.min(AT_ONCE, calls - total.calls), kills: seed % 3 === 0, auditEvery: 200 })
    total.calls += run.calls
    total.ended += run.ended
    total.kills += run.kills
    total.virtualMs += run.virtualMs
    for (const finding of run.findings) {
      if (finding.what === 'stuckAgent') total.stuckAgents += 1
      else if (finding.what === 'zombieCall') total.zombieCalls += 1
      else total.others += 1
      console.log(`  seed ${seed}: ${finding.what} ${finding.id} ${finding.detail}`)
    }
    if (run.findings.length > 0) break
  }
  const seconds = (performance.now() - began) / 1000
  writeResult('acd-sim', {
    command: `npm run bench -- acd-sim ${calls}`, base: 'no database; virtual time',
    metrics: {
      'calls simulated': least(total.calls, 'calls', calls), 'stuck agents': most(total.stuckAgents, 'agents', 0), 'zombie calls': most(total.zombieCalls, 'calls', 0), 'other findings of the audit': most(total.others, 'findings', 0),
      'calls ended (with dialled and consulted ones)': figure(total.ended, 'calls'), 'kills of the exchange': figure(total.kills, 'kills'), 'virtual hours': figure(total.virtualMs / 3_600_000, 'h'), 'calls per second of real time': figure(total.calls / seconds, 'calls/s'),
    },
    notes: ['callers hang up at any moment, pages die, reload or freeze, legs and media get lost, phones are busy, silent or failing, leaders intervene; every third run is killed and recovered with a fifth of the dialogs lost'],
  })
  return Promise.resolve()
}
