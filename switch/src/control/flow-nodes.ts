// Nodes of a flow that decide at once: time, lists, conditions, variables, jumps. Null for those that wait.
import type { FlowCondition, FlowNode } from '../engine-port.ts'
import { calendarState } from './civil.ts'
import type { FlowAct, FlowEnv, FlowRun } from './flow-run.ts'
import { fill } from './say.ts'

/** Whether a condition holds over the variables. */
export function holds(when: FlowCondition, vars: Readonly<Record<string, string>>): boolean {
  if ('all' in when) return when.all.every((c) => holds(c, vars))
  if ('any' in when) return when.any.some((c) => holds(c, vars))
  if ('not' in when) return !holds(when.not, vars)
  const has = Object.hasOwn(vars, when.variable) ? vars[when.variable] ?? '' : ''
  const value = when.value
  const text = Array.isArray(value) ? '' : String(value ?? '')
  const [a, b] = [Number(has), Number(text)]
  const numbers = has !== '' && text !== '' && Number.isFinite(a) && Number.isFinite(b)
  switch (when.is) {
    case 'set': return has !== ''
    case 'equal': return numbers ? a === b : has === text
    case 'less': return numbers ? a < b : has < text
    case 'more': return numbers ? a > b : has > text
    case 'contains': return text !== '' && has.includes(text)
    case 'startsWith': return text !== '' && has.startsWith(text)
    case 'oneOf': return Array.isArray(value) && value.includes(has)
  }
}

/** Where a node that decides at once leads; `to: null` ends this flow; null when the node waits. */
export function instant(node: FlowNode, run: FlowRun, env: FlowEnv): { to: string | null, outcome: string, acts: FlowAct[] } | null {
  const go = (to: string | null, outcome: string, acts: FlowAct[] = []): { to: string | null, outcome: string, acts: FlowAct[] } => ({ to, outcome, acts })
  switch (node.kind) {
    case 'time': {
      const calendar = env.index.calendars.get(node.calendar)
      const state = calendar ? calendarState(calendar, env.now, env.index.policy.utcOffset) : 'open'
      return go(state === 'open' ? node.open : state === 'holiday' ? node.holiday ?? node.closed : node.closed, state)
    }
    case 'list': {
      const hit = node.lists.find((l) => env.lists.includes(l.list))
      return go(hit?.next ?? node.otherwise, hit?.list ?? 'otherwise')
    }
    case 'condition': {
      const at = node.branches.findIndex((b) => holds(b.when, run.vars))
      return go(node.branches[at]?.next ?? node.otherwise, at < 0 ? 'otherwise' : String(at + 1))
    }
    case 'set':
      for (const { variable, value } of node.values) {
        if (!/^(caller|call|queue)\./.test(variable)) run.vars[variable] = fill(value, run.vars).slice(0, 500)
      }
      return go(node.next, 'set')
    case 'message': return go(node.next, 'asked', [{ do: 'message', template: node.template, text: node.text === undefined ? null : fill(node.text, run.vars).slice(0, 300) }])
    case 'flow': return go(node.next, 'entered')
    case 'return': return go(null, 'returned')
    case 'robot': return env.index.policy.robots.includes(node.robot) ? null : go(node.unavailable, 'unavailable')
    case 'announcements': return env.skipAnnouncements || !env.index.policy.announcements.some((a) => a.from <= env.now && env.now < a.until) ? go(node.next, 'none') : null
    default: return null
  }
}
