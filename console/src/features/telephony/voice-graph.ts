// A voice flow as the editor changes it: nodes by id, branches by field. Pure; the exchange's form, unfinished allowed.

export type VoiceNode = Record<string, unknown> & { kind: string; name: string; at?: { x: number; y: number } }
export type VoiceGraph = { start: string; person?: string; language?: string; speed?: number; nodes: Record<string, VoiceNode> }
/** One way out of a node: where it leads, and how to say so. */
export type Branch = { path: string[]; label: string; to: string }

export const kinds = ['play', 'menu', 'queue', 'time', 'list', 'collect', 'voicemail', 'callback', 'transfer', 'announcements', 'set', 'condition', 'message', 'rate', 'flow', 'return', 'end'] as const
export type Kind = (typeof kinds)[number]

const fixed: Record<string, [string, string][]> = {
  play: [['next', '']], announcements: [['next', '']], set: [['next', '']], message: [['next', '']], voicemail: [['next', '']], flow: [['next', '']], collect: [['next', ''], ['none', '无输入']], time: [['open', '开放'], ['closed', '关闭'], ['holiday', '节假日']],
  list: [['otherwise', '其他']], condition: [['otherwise', '其他']], queue: [['full', '已满'], ['noAgents', '无座席'], ['timeout', '超时']], callback: [['next', '接受'], ['declined', '不需要']], transfer: [['failed', '失败']], http: [['next', ''], ['unavailable', '不可用']], rate: [['next', ''], ['none', '未评价']], menu: [['none', '无按键']],
}
export const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
export const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Fixed ways by the kind, then those that the node's own lists make. Ways that lead nowhere yet are told with an empty `to`. */
export function branches(node: VoiceNode): Branch[] {
  const out: Branch[] = (fixed[node.kind] ?? []).map(([field, label]) => ({ path: [field], label, to: text(node[field]) }))
  if (node.kind === 'menu') out.unshift(...Object.entries(record(node['choices'])).map(([key, choice]) => ({ path: ['choices', key, 'next'], label: `${key} ${text(record(choice)['label'])}`.trim(), to: text(record(choice)['next']) })))
  for (const field of ['lists', 'branches'] as const) if (Array.isArray(node[field])) out.unshift(...node[field].map((one: unknown, index: number) => ({ path: [field, String(index), 'next'], label: text(record(one)['list']) || String(index + 1), to: text(record(one)['next']) })))
  return out
}

/** A copy with one value set, by path; null removes it. */
export function put<T>(target: T, path: readonly string[], value: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return value as T
  const source = Array.isArray(target) ? [...(target as unknown[])] : { ...record(target) }
  const holder = source as Record<string, unknown>
  if (rest.length === 0 && value === null) delete holder[key]
  else holder[key] = rest.length === 0 ? value : put(holder[key], rest, value)
  return source as T
}

export const setNode = (graph: VoiceGraph, id: string, path: readonly string[], value: unknown): VoiceGraph => {
  const node = graph.nodes[id]
  return node ? { ...graph, nodes: { ...graph.nodes, [id]: put(node, path, value) } } : graph
}

const made: Record<string, Record<string, unknown>> = {
  play: { say: [], interruptible: true, next: '' }, menu: { say: [], choices: {}, repeatChoice: true }, queue: { queue: '', full: '', noAgents: '', timeout: '', timeoutSeconds: 600 }, time: { calendar: 'work', open: '', closed: '' }, list: { lists: [{ list: 'red', next: '' }], otherwise: '' }, collect: { say: [], variable: 'input', min: 1, max: 11, end: '#', secret: false, speech: false, tries: 3, waitMs: 10_000, next: '', none: '' },
  voicemail: { box: '', say: [], maxSeconds: 120, next: '' }, callback: { queue: '', say: [], next: '', declined: '' }, transfer: { to: { kind: 'queue', queue: '' }, ringSeconds: 30, context: [] }, announcements: { next: '' }, set: { values: [{ variable: '', value: '' }], next: '' }, condition: { branches: [{ when: { variable: '', is: 'equal', value: '' }, next: '' }], otherwise: '' }, message: { template: 'notice', text: '', next: '' }, rate: { say: [], key: 'satisfied', from: 1, to: 3, tries: 2, next: '', none: '' }, flow: { flow: '', next: '' }, return: {}, end: { say: [], cause: 'normal' },
}

const COLUMN = 220
const ROW = 100

/** The first free place of the column right of a node, or of all. */
function freePlace(graph: VoiceGraph, after: VoiceNode | undefined): { x: number; y: number } {
  const taken = Object.values(graph.nodes).map((node) => node.at ?? { x: 0, y: 0 })
  if (taken.length === 0) return { x: 160, y: 120 }
  const from = after?.at ?? { x: Math.max(...taken.map((one) => one.x)), y: 120 - ROW }
  const x = from.x + COLUMN
  let y = from.y
  while (taken.some((one) => Math.abs(one.x - x) < COLUMN - 40 && Math.abs(one.y - y) < ROW - 20)) y += ROW
  return { x, y }
}

/** A new node; with `after` it stands right of that one, and its first free way leads here. A free way of a menu is a new key. */
export function addNode(graph: VoiceGraph, kind: Kind, name: string, after?: string): { graph: VoiceGraph; id: string } {
  let n = 1
  while (graph.nodes[`${kind}${n}`]) n += 1
  const id = `${kind}${n}`
  const node: VoiceNode = { kind, name: `${name}${n > 1 ? ` ${n}` : ''}`, at: freePlace(graph, after === undefined ? undefined : graph.nodes[after]), ...made[kind] }
  const added = { ...graph, start: graph.start || id, nodes: { ...graph.nodes, [id]: node }, ...(kind === 'queue' && graph.person === undefined ? { person: id } : {}) }
  return { graph: (after === undefined ? null : connectNodes(added, after, id)) ?? added, id }
}

/** Without a node; whatever led to it leads nowhere. */
export function dropNode(graph: VoiceGraph, id: string): VoiceGraph {
  const { [id]: _gone, ...nodes } = graph.nodes
  const cleared = Object.fromEntries(Object.entries(nodes).map(([key, node]) => [key, branches(node).filter((way) => way.to === id).reduce((held, way) => put(held, way.path, ''), node)]))
  return { ...graph, start: graph.start === id ? '' : graph.start, ...(graph.person === id ? { person: undefined } : {}), nodes: cleared }
}

/** Draws a way from one node to another: the first that is still free, else a new key of a menu. Null where the node has no way left. */
export function connectNodes(graph: VoiceGraph, from: string, to: string): VoiceGraph | null {
  const node = graph.nodes[from]
  if (!node || !graph.nodes[to] || from === to) return null
  if (node.kind === 'menu') {
    const used = new Set(Object.keys(record(node['choices'])))
    const key = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find((one) => !used.has(one))
    return key ? setNode(graph, from, ['choices', key], { label: graph.nodes[to].name, next: to }) : null
  }
  const free = branches(node).find((way) => way.to === '')
  return free ? setNode(graph, from, free.path, to) : null
}

/** Nodes as a caller meets them, then those that nothing leads to. */
export function inOrder(graph: VoiceGraph): [string, VoiceNode][] {
  const seen = new Set<string>()
  const open = [graph.start]
  for (let id = open.shift(); id !== undefined; id = open.shift() ?? (graph.person && !seen.has(graph.person) ? graph.person : undefined)) {
    const node = graph.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    open.push(...branches(node).map((way) => way.to))
  }
  return [...new Set([...seen, ...Object.keys(graph.nodes)])].flatMap((id) => { const node = graph.nodes[id]; return node ? [[id, node] as [string, VoiceNode]] : [] })
}

/** A file as a flow, or null. */
export function readGraph(value: unknown): VoiceGraph | null {
  const source = record(value)
  const nodes = record(source['nodes'])
  if (!Object.values(nodes).every((node) => typeof record(node)['kind'] === 'string')) return null
  if (!('nodes' in source)) return null
  return { start: text(source['start']), ...(typeof source['person'] === 'string' ? { person: source['person'] } : {}), nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { ...record(node), kind: text(record(node)['kind']), name: text(record(node)['name']) || id }])) }
}
