import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { remembered } from '../../../kernel/remembered.ts'
import { boundCount } from '../lists/keyset.ts'
import { countUnread, listMessages } from '../messages/message.queries.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './home-contract.ts'
import { arranged, arrangementOf } from './arrange-home.ts'
import { todoSources, type HomeCard, type HomeTodo } from './home-sources.ts'

const CARDS = 40
const TODO = 50
const FAR = Number.POSITIVE_INFINITY
/** Every open screen asks for these numbers whenever somebody does something: the console waits a little longer than this between two questions. */
const KEPT_SECONDS = 8

/** Cards and work of all domains, nearest deadline first; the newest unread messages. */
export async function showHome(ctx: Ctx): Promise<Output<typeof contract.showHome>> {
  userId(ctx)
  const { at, cards, todo } = await gather(ctx)
  const arrangement = await arrangementOf(ctx)
  const unread = await listMessages(ctx, { limit: 6, unread: true })
  return {
    cards: arranged(cards.slice(0, CARDS).map(({ todo: _todo, ...card }) => card), arrangement),
    arranged: arrangement.own,
    todo: todo.toSorted((a, b) => (a.dueAt ?? FAR) - (b.dueAt ?? FAR)).slice(0, TODO),
    notices: unread.items.map(({ id, title, at, link }) => ({ id, title, at, ...(link === null ? {} : { link }) })),
    unread: unread.count,
    asOf: at,
  }
}

/** Numbers of the rail by key: those of the cards, and the person's own. */
export async function countHome(ctx: Ctx): Promise<Output<typeof contract.countHome>> {
  const { cards } = await gather(ctx)
  const waiting = cards.filter((card) => card.todo)
  const running = ctx.db<PlatformTables>().selectFrom('platform_task').where('tenant_id', '=', ctx.tenantId).where('created_by', '=', userId(ctx)).where('state', 'in', ['queued', 'running'])
  return {
    counts: {
      ...Object.fromEntries(cards.map((card) => [card.id, numberOf(card)])),
      'home.todo': { value: waiting.reduce((sum, card) => sum + card.value, 0), capped: waiting.some((card) => card.capped) },
      'messages.unread': await countUnread(ctx),
      'tasks.running': await boundCount(ctx, running),
    },
  }
}

const numberOf = ({ value, capped, tone }: HomeCard): { value: number; capped: boolean; tone?: 'near' | 'over' } => ({ value, capped: capped ?? false, ...(tone === 'near' || tone === 'over' ? { tone } : {}) })

const gather = (ctx: Ctx): Promise<{ at: Instant; cards: HomeCard[]; todo: HomeTodo[] }> =>
  remembered(ctx, 'home', KEPT_SECONDS, async () => {
    const found = await Promise.all(todoSources.all().map((ask) => ask(ctx)))
    return { at: ctx.clock.now(), cards: found.flatMap((one) => one.cards), todo: found.flatMap((one) => one.todo.slice(0, TODO)) }
  })
