// What callers hear before a published flow begins: put in front of it when the snapshot is made, so that nobody draws it into each flow. Pure.
import type { Flow } from '../../../../../switch/src/engine-port.ts'

export type Event = { id: string; name: string; text: string; key: string | null; queue: string }
/** How long the key of an event is waited for. */
const KEY_MS = 3000

/** Events first, then announcements, then the flow as it was drawn. A flow that names its own place for announcements keeps it. */
export function beforeFlow(flow: Flow, events: readonly Event[], announcements: boolean): Flow {
  if (flow.use !== 'inbound') return flow
  const nodes: Flow['nodes'] = { ...flow.nodes }
  let start = flow.start
  if (announcements && !Object.values(nodes).some((node) => node.kind === 'announcements')) {
    nodes['entry:news'] = { kind: 'announcements', name: '业务公告', next: start }
    start = 'entry:news'
  }
  const person = flow.person ?? flow.start
  for (const event of events.toReversed()) {
    const say = [{ kind: 'text' as const, text: event.key === null ? event.text : `${event.text} 与此有关请按${event.key === '#' ? '井号键' : event.key}，其他来电请稍候。` }]
    nodes[`event:${event.id}`] = event.key === null
      ? { kind: 'play', name: `应急：${event.name}`, say, interruptible: true, next: start }
      : { kind: 'menu', name: `应急：${event.name}`, say, choices: { [event.key]: { label: event.name, next: `event:${event.id}:queue` } }, repeatChoice: false, tries: 1, waitMs: KEY_MS, none: start }
    if (event.key !== null) nodes[`event:${event.id}:queue`] = { kind: 'queue', name: `应急：${event.name}`, queue: event.queue, class: 'emergency', full: person, noAgents: person, timeout: person, timeoutSeconds: 1800 }
    start = `event:${event.id}`
  }
  return { ...flow, nodes, start }
}
