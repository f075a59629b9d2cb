// The flow interpreter: (run, input) → run and acts. Pure; it never waits and never fails: what cannot go on leads to a person, or ends.
import type { Flow, FlowNode, Saying, TransferTarget } from '../engine-port.ts'
import type { Sound } from '../media-port.ts'
import { instant } from './flow-nodes.ts'
import type { PolicyIndex } from './policy-index.ts'
import { digitSounds, file, shipped, soundsOf } from './say.ts'

export type FlowRun = {
  flow: string
  version: number
  node: string
  /** Where the node stands: still speaking, and which of its questions. */
  saying: boolean
  stage: string
  digits: string
  tries: number
  /** Flows to come back to. */
  stack: { flow: string, next: string }[]
  /** Menus gone through, for the key that goes back. */
  menus: { flow: string, node: string }[]
  vars: Record<string, string>
  /** Variables whose values appear nowhere. */
  secrets: string[]
  steps: number
}
export type FlowInput =
  | { kind: 'start' } | { kind: 'said' } | { kind: 'digit', digit: string } | { kind: 'timeout' }
  | { kind: 'queueOut', why: 'full' | 'noAgents' | 'timeout' } | { kind: 'recorded' } | { kind: 'transferFailed', reason: string }
  | { kind: 'http', values: Record<string, string> | null } | { kind: 'robot', how: 'done' | 'person' | 'unavailable' }
export type FlowAct =
  | { do: 'say', sounds: Sound[], missing: string[] } | { do: 'hush' } | { do: 'listen', on: boolean, secret: boolean } | { do: 'timer', ms: number | null }
  | { do: 'step', flow: string, version: number, node: string, nodeKind: string, name: string, outcome: string, key: string | null }
  | { do: 'queue', queue: string, class: string | null, timeoutSeconds: number } | { do: 'leaveQueue' } | { do: 'callback', queue: string, number: string }
  | { do: 'voicemail', box: string, maxSeconds: number } | { do: 'endVoicemail' } | { do: 'transfer', to: TransferTarget, ringSeconds: number, context: Record<string, string> }
  | { do: 'http', method: 'GET' | 'POST', url: string, body: Record<string, string> | null, take: Record<string, string> } | { do: 'message', template: string, text: string | null }
  | { do: 'rated', key: string, value: number } | { do: 'robot', robot: string } | { do: 'end', cause: 'normal' | 'intercepted' }
export type FlowEnv = { index: PolicyIndex, now: number, /** lists in force for the caller */ lists: readonly string[], serviceNumber: string | null, skipAnnouncements: boolean, /** a flow that is not published (simulation) */ draft?: Flow }

const flowOf = (run: FlowRun, env: FlowEnv): Flow | undefined => env.draft?.id === run.flow ? env.draft : env.index.flows.get(run.flow)

/** A run before its first step. */
export const newRun = (flow: Flow, vars: Record<string, string>): FlowRun => ({ flow: flow.id, version: flow.version, node: flow.start, saying: false, stage: '', digits: '', tries: 0, stack: [], menus: [], vars, secrets: [], steps: 0 })

/** Steps a flow. */
export function stepFlow(before: FlowRun, input: FlowInput, env: FlowEnv): { run: FlowRun, acts: FlowAct[] } {
  const run = { ...before, vars: { ...before.vars } }
  const machine = new Stepper(run, env)
  if (input.kind === 'start') machine.enter(run.node)
  else machine.take(input)
  return { run, acts: machine.acts }
}

/** One step in the making: holds the run it changes and the acts it collects. */
class Stepper {
  acts: FlowAct[] = []
  run: FlowRun
  env: FlowEnv
  constructor(run: FlowRun, env: FlowEnv) {
    this.run = run
    this.env = env
  }

  get flow(): Flow | undefined { return flowOf(this.run, this.env) }
  get node(): FlowNode | undefined { return this.flow?.nodes[this.run.node] }

  step(outcome: string, key: string | null = null): void {
    const node = this.node
    this.acts.push({ do: 'step', flow: this.run.flow, version: this.run.version, node: this.run.node, nodeKind: node?.kind ?? 'gone', name: node?.name ?? '', outcome, key })
  }

  say(say: readonly Saying[], before: Sound[] = [], after: Sound[] = []): void {
    const flow = this.flow
    const made = soundsOf(say, this.env.index, this.run.vars, flow?.language ?? 'zh', (flow?.speed ?? 1) * slowness(this.run.vars))
    const sounds = [...before, ...made.sounds, ...after]
    this.run.saying = true
    // Nothing to play still answers with `said`, so that no node waits for ever.
    this.acts.push({ do: 'say', sounds: sounds.length > 0 ? sounds : [{ kind: 'silence', ms: 20 }], missing: made.missing })
  }

  hush(): void {
    if (this.run.saying) this.acts.push({ do: 'hush' })
    this.run.saying = false
  }

  /** To a person if the flow knows one, else the end. */
  person(why: string): void {
    const person = this.flow?.person
    if (person && person !== this.run.node && this.flow?.nodes[person]) return this.enter(person)
    // The person may be known to the flow that called this one.
    const caller = this.run.stack.at(-1)
    if (caller) {
      this.run.stack = this.run.stack.slice(0, -1)
      this.run.flow = caller.flow
      this.run.version = this.flow?.version ?? 0
      return this.flow?.person ? this.enter(this.flow.person) : this.person(why)
    }
    this.step(why)
    this.acts.push({ do: 'end', cause: 'normal' })
  }

  enter(start: string): void {
    let at: string | null = start
    const limit = this.env.index.policy.settings.flowMaxSteps
    while (at !== null) {
      Object.assign(this.run, { node: at, saying: false, stage: '', digits: '', tries: 0 })
      this.run.steps += 1
      if (this.run.steps > limit) {
        // A loop that policy let through: one more way out, then the end.
        this.step('loop')
        if (this.run.steps === limit + 1) return this.person('loop')
        this.acts.push({ do: 'end', cause: 'normal' })
        return
      }
      const node = this.node
      if (!node) return this.person('nodeGone')
      const next = instant(node, this.run, this.env)
      if (next === null) return this.begin(node)
      for (const act of next.acts) this.acts.push(act)
      this.step(next.outcome)
      if (next.to === null) {
        const back = this.run.stack.at(-1)
        if (!back) {
          this.acts.push({ do: 'end', cause: 'normal' })
          return
        }
        this.run.stack = this.run.stack.slice(0, -1)
        this.run.flow = back.flow
        this.run.version = this.flow?.version ?? 0
        at = back.next
      } else if (node.kind === 'flow') {
        const sub = this.env.draft?.id === node.flow ? this.env.draft : this.env.index.flows.get(node.flow)
        if (!sub || this.run.stack.length >= 8) return this.person('flowGone')
        this.run.stack = [...this.run.stack, { flow: this.run.flow, next: node.next }]
        Object.assign(this.run, { flow: sub.id, version: sub.version })
        at = sub.start
      } else at = next.to
    }
  }

  /** Begins a node that waits for something. */
  begin(node: FlowNode): void {
    const listens = node.kind !== 'http' && node.kind !== 'end' && node.kind !== 'transfer'
    this.acts.push({ do: 'listen', on: listens, secret: node.kind === 'collect' && node.secret }, { do: 'timer', ms: null })
    switch (node.kind) {
      case 'play': return this.say(node.say)
      case 'announcements': return this.say(announcementsOf(this.env))
      case 'menu': case 'collect': case 'rate': case 'callback': case 'voicemail': return this.say(node.say)
      case 'queue': this.step('waits'); this.acts.push({ do: 'queue', queue: node.queue, class: node.class ?? null, timeoutSeconds: node.timeoutSeconds }); return
      case 'transfer': this.step('begun'); this.acts.push({ do: 'transfer', to: node.to, ringSeconds: node.ringSeconds, context: Object.fromEntries(node.context.flatMap((name) => this.run.vars[name] === undefined || this.run.secrets.includes(name) ? [] : [[name, this.run.vars[name]]])) }); return
      case 'http': return this.ask(node)
      case 'robot': this.acts.push({ do: 'robot', robot: node.robot }); return
      case 'end': return this.say(node.say)
      default: return this.person('nodeGone')
    }
  }

  ask(node: Extract<FlowNode, { kind: 'http' }>): void {
    const open = Object.fromEntries(Object.entries(this.run.vars).filter(([name]) => !this.run.secrets.includes(name)).map(([name, value]) => [name, encodeURIComponent(value)]))
    const url = node.url.replaceAll(/\{([a-zA-Z][a-zA-Z0-9_.]{0,63})\}/g, (_, name: string) => Object.hasOwn(open, name) ? open[name] ?? '' : '')
    const body = node.body ? Object.fromEntries(Object.entries(node.body).map(([key, text]) => [key, text.replaceAll(/\{([a-zA-Z][a-zA-Z0-9_.]{0,63})\}/g, (_, name: string) => Object.hasOwn(this.run.vars, name) ? this.run.vars[name] ?? '' : '')])) : null
    this.acts.push({ do: 'http', method: node.method, url, body, take: node.take })
  }

  take(input: Exclude<FlowInput, { kind: 'start' }>): void {
    const node = this.node
    if (!node) return this.person('nodeGone')
    switch (input.kind) {
      case 'said': return this.said(node)
      case 'digit': return this.digit(node, input.digit)
      case 'timeout': return this.silent(node)
      case 'queueOut': if (node.kind === 'queue') { this.step(input.why); this.enter(node[input.why]) } return
      case 'recorded': if (node.kind === 'voicemail') { this.step('recorded'); this.enter(node.next) } return
      case 'transferFailed': if (node.kind === 'transfer') { this.step(input.reason); if (node.failed) this.enter(node.failed); else this.person('transferFailed') } return
      case 'http': if (node.kind === 'http') { Object.assign(this.run.vars, input.values ?? {}); this.step(input.values ? 'answered' : 'unavailable'); this.enter(input.values ? node.next : node.unavailable) } return
      case 'robot': if (node.kind === 'robot') { this.step(input.how); this.enter(input.how === 'done' ? node.next : node[input.how]) }
    }
  }

  said(node: FlowNode): void {
    if (!this.run.saying) return
    this.run.saying = false
    switch (node.kind) {
      case 'play': case 'announcements': this.step('played'); return this.enter(node.next)
      case 'end': this.step('ended'); this.acts.push({ do: 'end', cause: node.cause }); return
      case 'voicemail': this.step('records'); this.run.stage = 'recording'; this.acts.push({ do: 'voicemail', box: node.box, maxSeconds: node.maxSeconds }); return
      case 'callback':
        if (this.run.stage === 'taken') { this.step('taken'); return this.enter(node.next) }
        this.acts.push({ do: 'timer', ms: this.wait(node) })
        return
      case 'menu':
        if (this.run.stage.startsWith('go:')) return this.enter(this.run.stage.slice(3))
        this.acts.push({ do: 'timer', ms: this.wait(node) })
        return
      case 'collect': case 'rate': this.acts.push({ do: 'timer', ms: this.wait(node) }); return
      default:
    }
  }

  wait(node: FlowNode): number {
    const settings = this.env.index.policy.settings
    return node.kind === 'menu' ? node.waitMs ?? settings.noInputMs : node.kind === 'collect' ? node.waitMs : settings.noInputMs
  }

  digit(node: FlowNode, digit: string): void {
    const settings = this.env.index.policy.settings
    if (this.run.stage.startsWith('go:') || this.run.stage === 'taken') return
    switch (node.kind) {
      case 'menu': return this.menuKey(node, digit)
      case 'collect': return this.collectKey(node, digit)
      case 'play': case 'announcements':
        if (digit === settings.personKey && this.flow?.person) { this.hush(); this.step('person', digit); return this.person('key') }
        if (node.kind === 'play' ? node.interruptible : settings.announcementsSkippable) {
          // Who knows the menu presses its key while the greeting still plays: it counts, once.
          const next = this.flow?.nodes[node.next]
          // Announcements with nothing to say today are passed without a sound.
          const heard = next?.kind === 'announcements' && announcementsOf(this.env).length === 0 ? this.flow?.nodes[next.next] : next
          const ahead = heard?.kind === 'menu' && heard.choices[digit] !== undefined
          this.hush()
          this.step('skipped', ahead ? null : digit)
          this.enter(node.next)
          if (ahead) this.digit(heard, digit)
        }
        return
      case 'queue': {
        const to = node.pressed?.[digit]
        if (to) { this.acts.push({ do: 'leaveQueue' }); this.step('key', digit); this.enter(to) }
        return
      }
      case 'voicemail':
        if (this.run.stage === 'recording' && digit === '#') this.acts.push({ do: 'endVoicemail' })
        return
      case 'rate': {
        const value = Number(digit)
        this.hush()
        if (/^[0-9]$/.test(digit) && value >= node.from && value <= node.to) { this.step('rated', digit); if (/^[a-zA-Z]\w*$/.test(node.key)) this.run.vars[node.key] = digit; this.acts.push({ do: 'rated', key: node.key, value }); return this.enter(node.next) }
        this.step('wrong', digit)
        return this.again(node, [file(shipped.wrongKey), ...digitSounds(digit)])
      }
      case 'callback': return this.callbackKey(node, digit)
      default:
    }
  }

  menuKey(node: Extract<FlowNode, { kind: 'menu' }>, digit: string): void {
    const settings = this.env.index.policy.settings
    this.hush()
    const choice = node.choices[digit]
    if (choice) {
      this.step('chosen', digit)
      this.run.menus = [...this.run.menus, { flow: this.run.flow, node: this.run.node }].slice(-10)
      if (!node.repeatChoice) return this.enter(choice.next)
      this.acts.push({ do: 'timer', ms: null })
      this.run.stage = `go:${choice.next}`
      return this.say([{ kind: 'text', text: choice.label }], [file(shipped.chosen), ...digitSounds(digit)])
    }
    if (digit === settings.personKey && this.flow?.person) { this.step('person', digit); return this.person('key') }
    if (digit === settings.backKey) {
      this.step('back', digit)
      const last = this.run.menus.at(-1)
      if (!last) return this.enter(this.run.node)
      this.run.menus = this.run.menus.slice(0, -1)
      // Back out of a called flow as well.
      while (last.flow !== this.run.flow && this.run.stack.length > 0) {
        const up = this.run.stack.at(-1)
        this.run.stack = this.run.stack.slice(0, -1)
        if (up) Object.assign(this.run, { flow: up.flow, version: this.env.index.flows.get(up.flow)?.version ?? 0 })
      }
      return this.enter(last.node)
    }
    this.step('wrong', digit)
    this.again(node, [file(shipped.wrongKey), ...digitSounds(digit)])
  }

  collectKey(node: Extract<FlowNode, { kind: 'collect' }>, digit: string): void {
    this.hush()
    if (digit === node.end) return this.collected(node)
    this.run.digits += digit
    if (this.run.digits.length >= node.max) return this.collected(node)
    this.acts.push({ do: 'timer', ms: this.wait(node) })
  }

  collected(node: Extract<FlowNode, { kind: 'collect' }>): void {
    const shown = node.secret ? '•'.repeat(this.run.digits.length) : this.run.digits
    if (this.run.digits.length < node.min) {
      this.step('wrong', shown)
      return this.again(node, [file(shipped.wrongKey)])
    }
    this.run.vars[node.variable] = this.run.digits
    if (node.secret && !this.run.secrets.includes(node.variable)) this.run.secrets = [...this.run.secrets, node.variable]
    this.step('collected', shown)
    this.enter(node.next)
  }

  callbackKey(node: Extract<FlowNode, { kind: 'callback' }>, digit: string): void {
    this.hush()
    this.acts.push({ do: 'timer', ms: null })
    const take = (number: string): void => {
      this.acts.push({ do: 'callback', queue: node.queue, number })
      this.run.stage = 'taken'
      this.say([], [file(shipped.callbackTaken)])
    }
    if (this.run.stage === 'number') {
      if (digit === '#' && this.run.digits.length >= 5) return take(this.run.digits)
      if (digit !== '#' && digit !== '*') this.run.digits = (this.run.digits + digit).slice(0, 20)
      this.acts.push({ do: 'timer', ms: this.wait(node) })
      return
    }
    if (digit === '1' && this.run.vars['caller.number']) return take(this.run.vars['caller.number'])
    if (digit === '2' || digit === '1') {
      this.run.stage = 'number'
      this.run.digits = ''
      return this.say([], [file(shipped.callbackNumber)])
    }
    this.step('declined', digit)
    this.enter(node.declined)
  }

  /** Nothing was pressed in time. */
  silent(node: FlowNode): void {
    switch (node.kind) {
      case 'menu': case 'rate': this.step('silence'); return this.again(node, [])
      case 'collect':
        if (this.run.digits.length >= node.min && node.min > 0) return this.collected(node)
        this.step('silence')
        return this.again(node, [])
      case 'callback': this.step('declined'); return this.enter(node.declined)
      default:
    }
  }

  /** Asks once more, or gives up after the set number of prompts. */
  again(node: Extract<FlowNode, { kind: 'menu' | 'collect' | 'rate' }>, before: Sound[]): void {
    this.run.digits = ''
    this.run.tries += 1
    this.acts.push({ do: 'timer', ms: null })
    const tries = node.tries ?? this.env.index.policy.settings.noInputPrompts
    if (this.run.tries < tries) return this.say(node.say, before)
    if (node.none) return this.enter(node.none)
    this.person('silence')
  }
}

/** Elderly callers hear it slower (TEL-12). */
const slowness = (vars: Readonly<Record<string, string>>): number => Math.min(1, Math.max(0.5, Number(vars['caller.speed'] ?? 1) || 1))

/** Announcements in force for the number called, in their order. */
export function announcementsOf(env: FlowEnv): Saying[] {
  if (env.skipAnnouncements) return []
  return env.index.policy.announcements.filter((a) => a.from <= env.now && env.now < a.until && (a.numbers.length === 0 || (env.serviceNumber !== null && a.numbers.includes(env.serviceNumber)))).sort((a, b) => a.order - b.order).flatMap((a) => a.say)
}

