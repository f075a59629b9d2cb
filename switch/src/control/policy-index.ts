// A policy with its look-up tables, made once when it is taken.
import type { AgentPolicy, CalendarPolicy, Flow, ListEntry, Policy, PromptPolicy, QueuePolicy } from '../engine-port.ts'
import { entryInForce } from './civil.ts'
import { normaliseNumber } from './numbers.ts'

export type PolicyIndex = {
  policy: Policy
  flows: Map<string, Flow>
  queues: Map<string, QueuePolicy>
  agents: Map<string, AgentPolicy>
  extensions: Map<string, AgentPolicy>
  prompts: Map<string, PromptPolicy>
  calendars: Map<string, CalendarPolicy>
  numbers: Map<string, Policy['serviceNumbers'][number]>
  exact: Map<string, ListEntry[]>
  segments: Map<string, ListEntry[]>
}

/** Builds the tables of a policy. */
export function indexPolicy(policy: Policy): PolicyIndex {
  const exact = new Map<string, ListEntry[]>()
  const segments = new Map<string, ListEntry[]>()
  for (const entry of policy.lists) {
    const table = entry.segment ? segments : exact
    const number = entry.segment ? entry.number : normaliseNumber(entry.number, policy)
    table.set(number, [...(table.get(number) ?? []), entry])
  }
  return {
    policy, exact, segments,
    flows: new Map(policy.flows.map((f) => [f.id, f])), queues: new Map(policy.queues.map((q) => [q.id, q])), agents: new Map(policy.agents.map((a) => [a.id, a])),
    extensions: new Map(policy.agents.flatMap((a) => a.extension ? [[a.extension, a] as const] : [])), prompts: new Map(policy.prompts.map((p) => [p.id, p])),
    calendars: new Map(policy.calendars.map((c) => [c.id, c])), numbers: new Map(policy.serviceNumbers.map((n) => [normaliseNumber(n.number, policy), n])),
  }
}

/** Entries in force for a number: exact ones and segments, longest first. */
export function listsOf(index: PolicyIndex, number: string, at: number): ListEntry[] {
  const found = [...(index.exact.get(number) ?? [])]
  for (let length = number.length; length >= 2; length -= 1) found.push(...(index.segments.get(number.slice(0, length)) ?? []))
  return found.filter((entry) => entryInForce(entry, at, index.policy.utcOffset))
}
