// What waits for a person, told by every domain.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Instant } from '../../../kernel/time/index.ts'

export type HomeTone = 'ok' | 'near' | 'over' | 'calm'

/** A number that opens its list; the number must be what that list counts. */
export type HomeCard = {
  /** Stable key, `domain.what` (`orders.toSign`): also the number beside a rail entry that names it. */
  id: string
  title: string
  value: number
  /** True when there are more than `value`. */
  capped?: boolean
  tone?: HomeTone
  link: string
  hint?: string
  /** The number is work that waits for the person: added to the total of 待办. */
  todo?: boolean
}

export type HomeTodo = {
  id: string
  /** Short Chinese word for the kind of work: 待签收, 审批. */
  kind: string
  title: string
  link: string
  dueAt?: Instant | null
  /** From when on the deadline is near (yellow). */
  nearAt?: Instant | null
  tone?: HomeTone
  hint?: string
}

/** Bounded by itself: at most some 20 items, the most urgent first; zeros rather than nothing where the person has the right. */
export type HomeSource = (ctx: Ctx) => Promise<{ cards: HomeCard[]; todo: HomeTodo[] }>

export const todoSources = definePort<HomeSource>('platform.todoSources')
