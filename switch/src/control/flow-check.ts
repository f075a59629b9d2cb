// The check before a flow is published: every finding says where. Names that lead nowhere, dead ends, loops without a caller's say, menus too deep.
import type { Flow, FlowFinding, FlowNode, Policy, Saying } from '../engine-port.ts'

/** Where a node leads, by field. */
export function edges(node: FlowNode): { field: string, to: string }[] {
  const list = (pairs: Record<string, string | undefined>): { field: string, to: string }[] => Object.entries(pairs).flatMap(([field, to]) => to === undefined ? [] : [{ field, to }])
  switch (node.kind) {
    case 'play': case 'announcements': case 'set': case 'message': case 'voicemail': case 'flow': return list({ next: node.next })
    case 'menu': return [...Object.entries(node.choices).map(([key, c]) => ({ field: `choices.${key}`, to: c.next })), ...list({ none: node.none })]
    case 'collect': case 'rate': return list({ next: node.next, none: node.none })
    case 'time': return list({ open: node.open, closed: node.closed, holiday: node.holiday })
    case 'list': return [...node.lists.map((l, i) => ({ field: `lists.${i}`, to: l.next })), ...list({ otherwise: node.otherwise })]
    case 'condition': return [...node.branches.map((b, i) => ({ field: `branches.${i}`, to: b.next })), ...list({ otherwise: node.otherwise })]
    case 'queue': return [...Object.entries(node.pressed ?? {}).map(([key, to]) => ({ field: `pressed.${key}`, to })), ...list({ full: node.full, noAgents: node.noAgents, timeout: node.timeout })]
    case 'callback': return list({ next: node.next, declined: node.declined })
    case 'transfer': return list({ failed: node.failed })
    case 'http': return list({ next: node.next, unavailable: node.unavailable })
    case 'robot': return list({ next: node.next, person: node.person, unavailable: node.unavailable })
    case 'return': case 'end': return []
  }
}
/** Nodes where time passes or the caller decides: a loop needs one of them. */
const waits = new Set<FlowNode['kind']>(['play', 'menu', 'collect', 'queue', 'voicemail', 'transfer', 'callback', 'rate', 'end', 'return', 'robot'])
const MAX_DEPTH = 3

/** Findings of a flow against a policy; `with` names flows and queues that will be there. Errors keep it from being published. */
export function checkFlow(flow: Flow, policy: Pick<Policy, 'flows' | 'queues' | 'prompts' | 'calendars' | 'voicemailBoxes' | 'httpHosts' | 'settings'>, extra: { flows: string[], queues: string[] } = { flows: [], queues: [] }): FlowFinding[] {
  const found: FlowFinding[] = []
  const tell = (severity: 'error' | 'warning', code: string, node: string | null, field: string | null, detail: string): void => {
    found.push({ code, severity, node, nodeName: node === null ? null : flow.nodes[node]?.name ?? null, field, detail })
  }
  const has = (id: string): boolean => Object.hasOwn(flow.nodes, id)
  const queues = new Set([...policy.queues.map((q) => q.id), ...extra.queues])
  const flows = new Set([...policy.flows.map((f) => f.id), ...extra.flows, flow.id])
  const ids = <T extends { id: string }>(list: readonly T[]): Set<string> => new Set(list.map((one) => one.id))
  const [prompts, calendars, boxes] = [ids(policy.prompts), ids(policy.calendars), ids(policy.voicemailBoxes)]
  const says = (node: string, field: string, say: readonly Saying[]): void => {
    for (const piece of say) if (piece.kind === 'prompt' && !prompts.has(piece.prompt) && !piece.prompt.startsWith('shipped/')) tell('error', 'unknownPrompt', node, field, piece.prompt)
  }
  if (!has(flow.start)) tell('error', 'noStart', null, 'start', flow.start)
  if (flow.person !== undefined && !has(flow.person)) tell('error', 'unknownNode', null, 'person', flow.person)
  if (flow.use === 'inbound' && flow.person === undefined) tell('error', 'noPerson', null, 'person', '')

  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const edge of edges(node)) if (!has(edge.to)) tell('error', 'unknownNode', id, edge.field, edge.to)
    if ('say' in node) says(id, 'say', node.say)
    switch (node.kind) {
      case 'queue': case 'callback': if (!queues.has(node.queue)) tell('error', 'unknownQueue', id, 'queue', node.queue); break
      case 'time': if (!calendars.has(node.calendar)) tell('error', 'unknownCalendar', id, 'calendar', node.calendar); break
      case 'voicemail': if (!boxes.has(node.box)) tell('error', 'unknownBox', id, 'box', node.box); break
      case 'flow': if (!flows.has(node.flow)) tell('error', 'unknownFlow', id, 'flow', node.flow); break
      case 'transfer': if (node.to.kind === 'queue' && !queues.has(node.to.queue)) tell('error', 'unknownQueue', id, 'to', node.to.queue); break
      case 'menu': if (Object.keys(node.choices).length === 0) tell('error', 'noChoice', id, 'choices', ''); break
      case 'collect': if (node.min > node.max) tell('error', 'minOverMax', id, 'min', `${node.min} > ${node.max}`); if (/^(caller|call|queue)\./.test(node.variable)) tell('error', 'readOnlyVariable', id, 'variable', node.variable); break
      case 'rate': if (node.from > node.to) tell('error', 'minOverMax', id, 'from', `${node.from} > ${node.to}`); break
      case 'set': for (const { variable } of node.values) if (/^(caller|call|queue)\./.test(variable)) tell('error', 'readOnlyVariable', id, 'values', variable); break
      case 'http': {
        const host = /^https?:\/\/([^/?#{}]+)([/?#]|$)/.exec(node.url)?.[1]
        if (!host || !policy.httpHosts.some((h) => h === host || h === host.replace(/:\d+$/, ''))) tell('error', 'hostNotAllowed', id, 'url', host ?? node.url)
        for (const secret of secretsOf(flow)) if (node.url.includes(`{${secret}}`)) tell('error', 'secretInPath', id, 'url', secret)
        break
      }
      default:
    }
  }
  for (const id of Object.keys(flow.nodes)) if (!reached(flow).has(id)) tell('warning', 'unreachable', id, null, id)
  for (const id of loops(flow)) tell('error', 'loopWithoutExit', id, null, id)
  const deep = depth(flow)
  if (deep > MAX_DEPTH) tell('error', 'menuTooDeep', null, null, `${deep} > ${MAX_DEPTH}`)
  return found
}

const secretsOf = (flow: Flow): string[] => Object.values(flow.nodes).flatMap((n) => n.kind === 'collect' && n.secret ? [n.variable] : [])
function reached(flow: Flow): Set<string> {
  const seen = new Set<string>()
  const open = [flow.start, ...(flow.person === undefined ? [] : [flow.person])]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    open.push(...edges(node).map((e) => e.to))
  }
  return seen
}

/**
 * Nodes of loops that nobody can leave: circles of nodes that decide at once, and circles that no caller's key, queue or end breaks.
 * From every node some `end`, `return`, `queue`, `transfer` or a menu (whose silence leads to a person) must be reachable.
 */
function loops(flow: Flow): string[] {
  const quick = (id: string): string[] => {
    const node = flow.nodes[id]
    return node && !waits.has(node.kind) ? edges(node).map((e) => e.to) : []
  }
  const circle = Object.keys(flow.nodes).filter((start) => {
    const seen = new Set<string>()
    const open = quick(start)
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === start) return true
      if (!seen.has(id)) { seen.add(id); open.push(...quick(id)) }
    }
    return false
  })
  const leaves = (node: FlowNode): boolean => node.kind === 'end' || node.kind === 'return' || node.kind === 'queue' || (node.kind === 'transfer' && node.failed === undefined) || (node.kind === 'menu' && node.none === undefined && flow.person !== undefined)
  const good = new Set(Object.entries(flow.nodes).flatMap(([id, node]) => leaves(node) ? [id] : []))
  for (let grown = true; grown;) {
    grown = false
    for (const [id, node] of Object.entries(flow.nodes)) if (!good.has(id) && edges(node).some((e) => good.has(e.to))) { good.add(id); grown = true }
  }
  return [...new Set([...circle, ...[...reached(flow)].filter((id) => flow.nodes[id] && !good.has(id))])]
}

/** Menus one after the other on the longest way without coming back. */
function depth(flow: Flow): number {
  const walk = (id: string, seen: ReadonlySet<string>): number => {
    const node = flow.nodes[id]
    if (!node || seen.has(id) || seen.size > 60) return 0
    const next = new Set([...seen, id])
    return (node.kind === 'menu' ? 1 : 0) + Math.max(0, ...edges(node).filter((e) => e.field !== 'none').map((e) => walk(e.to, next)))
  }
  // Walks are exponential in the worst case; flows of more than forty menus are not looked at for depth.
  return Object.values(flow.nodes).filter((n) => n.kind === 'menu').length > 40 ? 0 : walk(flow.start, new Set())
}
