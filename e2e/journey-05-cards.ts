// Journey 5: on a moved clock over a holiday an order turns yellow, then red; a day later a supervision task opens by itself, rises a level, is answered late; a second card is appealed and void.
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
  // The red card asks the unit; a day without result brings the task, another day without answer raises it.
  await world.moveClock(25)
  type Task = { id: string; orderId: string; levelName: string; state: string; late: boolean }
  const taskOf = async (ready: (task: Task) => boolean): Promise<Task> => {
    for (let i = 0; i < 150; i++) {
      const session = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
      const found = ((await session.api.get(`/api/supervision/tasks?orderId=${order.id}`)) as { items: Task[] }).items.find(ready)
      await session.close()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    throw new Error('no such supervision task')
  }
  const task = await taskOf((t) => t.state === 'open')
  await world.moveClock(25)
  const raised = await taskOf((t) => t.id === task.id && t.levelName !== task.levelName)
  await world.moveClock(25)
  const unitNow = await as(world, (p) => p.id === handler.person.id)
  await unitNow.page.goto(`${world.staff}/supervision/tasks/${task.id}`)
  await unitNow.page.getByRole('button', { name: '答复' }).first().click()
  await unitNow.page.getByLabel('答复内容').fill('配件延误，今日修复。')
  await unitNow.page.getByRole('button', { name: '答复' }).last().click()
  assert.equal((await taskOf((t) => t.id === task.id && t.state === 'replied')).late, true)
  await shoot(unitNow.page, 'j5-6-迟答')
  // A second card of the same order is appealed; upheld, it no longer counts.
  const cardsNow = (await unitNow.api.get(`/api/orders/${order.id}/cards`)) as { cards: { id: string; colour: string; clockKind: string; unitId: string | null }[] }
  const wrong = cardsNow.cards.find((c) => c.colour === 'red' && c.unitId !== null)
  assert.ok(wrong, 'the unit has a red card')
  const appeal = (await unitNow.api.post('/api/supervision/appeals', { objectKind: 'card', objectId: wrong.id, ground: 'notDue', content: '时限已按规定延长。' })) as { id: string }
  const judge = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
  await judge.page.goto(`${world.staff}/supervision/appeals`)
  await shoot(judge.page, 'j5-7-申诉')
  assert.equal(((await judge.api.post(`/api/supervision/appeals/${appeal.id}/decide`, { outcome: 'uphold', opinion: '理由成立。' })) as { state: string }).state, 'upheld')
  await judge.page.goto(`${world.staff}/supervision/statistics`)
  await shoot(judge.page, 'j5-8-统计')
  assert.notEqual(raised.levelName, task.levelName)
  await judge.page.goto(`${world.staff}/supervision/tasks`)
  await shoot(judge.page, 'j5-5-督办任务')
  assert.equal(await cards('yellow'), 1)
}
