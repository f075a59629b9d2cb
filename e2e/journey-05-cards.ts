// Journey 5: on a moved clock over a holiday an order turns yellow, then red, and a supervision task opens by itself.
import { strict as assert } from 'node:assert'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

type Clock = { kind: string; dueAt: string; state: string }

export async function cardsOverAHoliday(world: World): Promise<void> {
  const shiftLeader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const order = await shiftLeader.api.post('/api/orders', { requester: { name: '赵小禾', phone: '19900190005' }, appealType: 'help', title: '楼道感应灯全部失灵', content: '整栋楼感应灯都不亮，夜间上下楼困难。', areaCode: '990102', pass: true })
  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))
  const unit = (await handler.api.get('/api/session')).user
  await dispatcher.api.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: unit.unitId, role: 'lead' }], opinion: '请尽快修复。' })
  const clocks = (await dispatcher.api.get(`/api/orders/${order.id}`)).clocks as Clock[]
  const handling = clocks.find((c) => c.kind === 'handling')
  assert.ok(handling, 'the handling clock runs')
  await dispatcher.page.goto(`${world.staff}/orders/${order.number}`)
  await shoot(dispatcher.page, 'j5-1-派发后的时钟')

  // Twelve hours before the deadline: yellow. The holiday's days do not count, so the deadline says where to go.
  const now = Date.parse(((await dispatcher.api.get('/api/session')) as { serverTime: string }).serverTime)
  await world.moveClock((Date.parse(handling.dueAt) - now) / 3_600_000 - 12)
  const supervisor = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
  const cards = async (colour: string): Promise<number> => {
    const session = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
    try {
      const answer = (await session.api.get(`/api/orders/${order.id}/cards`)) as { cards: { colour: string; clockKind?: string; kind?: string }[] }
      return answer.cards.filter((c) => c.colour === colour && (c.clockKind ?? c.kind) === 'handling').length
    } finally {
      await session.close()
    }
  }
  const until = async (colour: string): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      if ((await cards(colour)) === 1) return
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    throw new Error(`no ${colour} card`)
  }
  await until('yellow')
  await supervisor.page.goto(`${world.staff}/orders/${order.number}`)
  await shoot(supervisor.page, 'j5-2-黄牌')

  await world.moveClock(13)
  await until('red')
  const red = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
  await red.page.goto(`${world.staff}/supervision/board`)
  await shoot(red.page, 'j5-3-督导看板')
  await red.page.goto(`${world.staff}/orders/${order.number}`)
  await shoot(red.page, 'j5-4-红牌')
  for (let i = 0; i < 40; i++) {
    const tasks = (await red.api.get('/api/supervision/tasks?limit=200')) as { items: { orderId?: string; number?: string }[] }
    if (tasks.items.some((t) => t.orderId === order.id || t.number === order.number)) break
    if (i === 39) throw new Error('no supervision task opened')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await red.page.goto(`${world.staff}/supervision/tasks`)
  await shoot(red.page, 'j5-5-督办任务')
  assert.equal(await cards('yellow'), 1)
  assert.equal(await cards('red'), 1)
}
