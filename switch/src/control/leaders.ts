// Shift leaders among the signed-in agents: whom a call diverted to the shift leader may reach (TEL-14).
import type { Agent } from './agent.ts'
import type { Call } from './call.ts'
import { type Turn, indexOf } from './world.ts'

/** Who may take over calls leads the shift (TEL-28). */
const leads = (t: Turn, agent: string): boolean => indexOf(t).agents.get(agent)?.functions.includes('takeOver') ?? false
/** Takes or will take calls. */
export const reachable = (agent: Agent): boolean => agent.state !== 'forcedBusy' && agent.state !== 'abnormal'
/** A queue in which a shift leader is signed in, or null. */
export function leaderQueue(t: Turn): string | null {
  for (const agent of t.w.agents.values()) if (reachable(agent) && leads(t, agent.id) && agent.queues[0] !== undefined) return agent.queues[0]
  return null
}
/** Of free agents those whom a call may be given to: a call diverted to the shift leader goes to nobody else while one is signed in to its queue. */
export function takers(t: Turn, call: Call | undefined, queue: string, free: readonly Agent[]): Agent[] {
  const able = free.filter((a) => a.queues.includes(queue))
  if (call?.context.intercepted !== 'shiftLeader') return able
  const led = [...t.w.agents.values()].some((a) => a.queues.includes(queue) && reachable(a) && leads(t, a.id))
  return led ? able.filter((a) => leads(t, a.id)) : able
}
