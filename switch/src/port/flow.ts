// Call flows as data: nodes by id. One form for navigation, survey, call-back offer and robot; they differ by who starts them.
import { z } from 'zod'

const id = z.string().min(1).max(64)
/** Where a branch leads: the id of a node. */
const next = id
/** Name of a variable of the call; `caller.*`, `call.*`, `queue.*` are set by the exchange and cannot be written. */
const variable = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,63}$/)

/** A piece of what is said. `text` may hold `{variable}`; `number` is spoken digit by digit (`digits`) or as a value (`count`). */
export const saying = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prompt'), prompt: id }),
  z.object({ kind: z.literal('text'), text: z.string().min(1).max(2000) }),
  z.object({ kind: z.literal('number'), value: z.string().max(64), as: z.enum(['digits', 'count']) }),
  z.object({ kind: z.literal('pause'), ms: z.number().int().min(20).max(10_000) }),
])
export type Saying = z.infer<typeof saying>
const sayings = z.array(saying).max(40)

/** A condition over variables. Text compares as text unless both sides are numbers. */
export type FlowCondition =
  | { all: FlowCondition[] } | { any: FlowCondition[] } | { not: FlowCondition }
  | { variable: string, is: 'equal' | 'less' | 'more' | 'oneOf' | 'contains' | 'startsWith' | 'set', value?: string | number | boolean | string[] }
export const flowCondition: z.ZodType<FlowCondition> = z.lazy(() => z.union([
  z.object({ all: z.array(flowCondition).max(20) }),
  z.object({ any: z.array(flowCondition).max(20) }),
  z.object({ not: flowCondition }),
  z.object({ variable, is: z.enum(['equal', 'less', 'more', 'oneOf', 'contains', 'startsWith', 'set']), value: z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)]).optional() }),
]))

export const transferTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queue: id }),
  z.object({ kind: z.literal('agent'), agent: id }),
  z.object({ kind: z.literal('extension'), extension: z.string().regex(/^[0-9]{2,8}$/) }),
  z.object({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,20}$/) }),
])
export type TransferTarget = z.infer<typeof transferTarget>

const place = { /** shown in the editor and in findings */ name: z.string().max(60), /** where the editor draws it; the exchange ignores it */ at: z.object({ x: z.number(), y: z.number() }).optional() }
const digit = z.string().regex(/^[0-9*#]$/)

export const flowNode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('play'), ...place, say: sayings.min(1), interruptible: z.boolean(), next }),
  /** Entry announcements in force now, in their order (TEL-10). */
  z.object({ kind: z.literal('announcements'), ...place, next }),
  /** Keys. `*` goes back to the menu before, `0` to a person, unless a choice uses them. After `tries` without a good key: `none` (default: the flow's person node). */
  z.object({ kind: z.literal('menu'), ...place, say: sayings.min(1), choices: z.record(digit, z.object({ label: z.string().max(60), next })), repeatChoice: z.boolean(), tries: z.number().int().min(1).max(10).optional(), waitMs: z.number().int().min(1000).max(60_000).optional(), none: next.optional() }),
  /** Digits (or speech with the same result) into a variable. `secret`: never in path, events or log. */
  z.object({ kind: z.literal('collect'), ...place, say: sayings, variable, min: z.number().int().min(1).max(40), max: z.number().int().min(1).max(40), end: z.enum(['#', '*', 'none']), secret: z.boolean(), speech: z.boolean(), tries: z.number().int().min(1).max(10), waitMs: z.number().int().min(1000).max(60_000), next, none: next }),
  z.object({ kind: z.literal('time'), ...place, calendar: id, open: next, closed: next, /** statutory holiday; default closed */ holiday: next.optional() }),
  z.object({ kind: z.literal('list'), ...place, lists: z.array(z.object({ list: z.string().max(32), next })).min(1).max(10), otherwise: next }),
  z.object({ kind: z.literal('condition'), ...place, branches: z.array(z.object({ when: flowCondition, next })).min(1).max(20), otherwise: next }),
  z.object({ kind: z.literal('set'), ...place, values: z.array(z.object({ variable, value: z.string().max(500) })).min(1).max(20), next }),
  /** Waits in a queue; leads on only when it cannot or need not wait any longer. `pressed`: keys that leave the queue while waiting. */
  z.object({ kind: z.literal('queue'), ...place, queue: id, class: z.string().max(32).optional(), pressed: z.record(digit, next).optional(), full: next, noAgents: next, timeout: next, timeoutSeconds: z.number().int().min(0).max(86_400) }),
  /** Offers a call-back: 1 takes it with the number called from, 2 with another one (then keyed in), anything else declines. The place is kept. */
  z.object({ kind: z.literal('callback'), ...place, queue: id, say: sayings.min(1), next, declined: next }),
  z.object({ kind: z.literal('voicemail'), ...place, box: id, say: sayings, maxSeconds: z.number().int().min(5).max(600), next }),
  /** `context` names variables that go along to the receiver. Without `failed` the call goes to the flow's person node. */
  z.object({ kind: z.literal('transfer'), ...place, to: transferTarget, ringSeconds: z.number().int().min(5).max(120), context: z.array(variable).max(40), failed: next.optional() }),
  /** Asks a service of the site: 2 s, host must be on the allow-list, `unavailable` for everything but 2xx with a JSON object. `{variable}` in path and body; secrets in the body only. */
  z.object({ kind: z.literal('http'), ...place, method: z.enum(['GET', 'POST']), url: z.string().max(500), body: z.record(z.string(), z.string().max(500)).optional(), take: z.record(variable, z.string().max(100)), next, unavailable: next }),
  /** Asks the server to send a message (link, receipt) to the caller. */
  z.object({ kind: z.literal('message'), ...place, template: id, /** what it says; may hold `{variable}` */ text: z.string().min(1).max(300).optional(), next }),
  /** One question of a survey, told as `callRated {key, value}`. */
  z.object({ kind: z.literal('rate'), ...place, say: sayings.min(1), key: z.string().max(32), from: z.number().int().min(0).max(9), to: z.number().int().min(0).max(9), tries: z.number().int().min(1).max(5), next, none: next }),
  z.object({ kind: z.literal('robot'), ...place, robot: id, next, person: next, unavailable: next }),
  /** Goes on in another flow of the tenant; comes back to `next` when that one reaches `return`. */
  z.object({ kind: z.literal('flow'), ...place, flow: id, next }),
  z.object({ kind: z.literal('return'), ...place }),
  z.object({ kind: z.literal('end'), ...place, say: sayings, cause: z.enum(['normal', 'intercepted']) }),
])
export type FlowNode = z.infer<typeof flowNode>
export type FlowNodeKind = FlowNode['kind']

export const flow = z.object({
  id,
  version: z.number().int().min(0),
  name: z.string().max(60),
  use: z.enum(['inbound', 'survey', 'callback', 'robot']),
  start: id,
  /** The node that key 0 and repeated silence lead to: normally a queue. Surveys need none. */
  person: id.optional(),
  /** Language of synthesised text, BCP 47. */
  language: z.string().max(12).default('zh'),
  speed: z.number().min(0.5).max(2).default(1),
  nodes: z.record(id, flowNode),
})
export type Flow = z.infer<typeof flow>

/** One finding of the check of a flow. `code` is stable and has a text on the server; `node` and its name say where. */
export const flowFinding = z.object({ code: z.string(), severity: z.enum(['error', 'warning']), node: z.string().nullable(), nodeName: z.string().nullable(), field: z.string().nullable(), detail: z.string() })
export type FlowFinding = z.infer<typeof flowFinding>

/** What a simulated caller does, and what a simulated flow did. */
export const simulatedCaller = z.object({ from: z.string().max(24), to: z.string().max(24), at: z.number().int().optional(), acts: z.array(z.union([z.object({ key: z.string().max(40) }), z.object({ waitMs: z.number().int().min(0).max(600_000) }), z.object({ hangUp: z.literal(true) })])).max(100), variables: z.record(z.string(), z.string()).optional() })
export type SimulatedCaller = z.infer<typeof simulatedCaller>
export const simulatedStep = z.object({ atMs: z.number().int(), node: z.string().nullable(), what: z.string(), text: z.string() })
export type SimulatedStep = z.infer<typeof simulatedStep>
