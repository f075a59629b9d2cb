// Journey 3: the requester answers the personal form with "not satisfied"; the order is back at its unit in round 2 with his words, the centre sees it on its board, the link is used up.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { acceptedOrder } from './callback-steps.ts'
import { as, citizen, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { until } from './telephone.ts'

type Sms = { template: string; text: string | null }

/** The link of the SMS, as the requester's telephone would show it. */
async function linkOf(world: World, number: string): Promise<string> {
  const system = await as(world, (p) => p.role === 'systemAdmin')
  const text = await until('the SMS with the link', async () => ((await system.api.get('/api/sms?limit=50')).items as Sms[]).find((one) => one.template === 'callback.form' && one.text?.includes(number))?.text ?? undefined)
  await system.close()
  return /https?:\S+\/c\/\S+/.exec(text)?.[0] ?? ''
}

async function portalAddress(world: World): Promise<void> {
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  await admin.api.put('/api/admin/settings/portal.address', { value: world.public, version: 0, reason: '旅程三' }).catch(() => undefined) // set already
  await admin.close()
}

export async function notSatisfiedComesBack(world: World): Promise<void> {
  await portalAddress(world)
  const title = `楼道灯不亮 ${randomInt(1000, 9999)}`
  const order = await acceptedOrder(world, { title, phone: `199${randomInt(10_000_000, 99_999_999)}`, manner: 'sms' })
  const link = await linkOf(world, order.number)

  const requester = await citizen(world)
  await requester.page.goto(link)
  await requester.page.getByText(title).waitFor()
  await requester.page.getByRole('group', { name: '承办单位与您联系过吗？' }).getByText('联系过', { exact: true }).click()
  await requester.page.getByText('没有解决', { exact: true }).click()
  await requester.page.getByText('不满意', { exact: true }).click()
  await requester.page.getByText('问题未解决', { exact: true }).click()
  await requester.page.getByLabel(/您的意见和建议/).fill('灯修了一天又坏了')
  await shoot(requester.page, 'j03-1-短信表单')
  await requester.page.getByRole('button', { name: '提交评价' }).click()
  await requester.page.getByText('我们会请承办单位再次办理').waitFor()
  await requester.page.goto(link)
  await requester.page.getByText('您已经提交过评价').waitFor()
  await shoot(requester.page, 'j03-2-只能一次')

  // 单位看到第 2 轮和诉求人的原话
  const handler = await as(world, (p) => p.role === 'handler' && p.unitName === order.unitName && city(p.tenantName))
  await handler.page.goto(`${world.staff}/orders/${order.number}`)
  await handler.page.getByText(/第\s?2\s?轮/).first().waitFor()
  await handler.page.getByText(/灯修了一天又坏了/).first().waitFor()
  await shoot(handler.page, 'j03-3-退回单位')

  // 中心的看板：已答复，不满意
  const agent = await as(world, (p) => p.role === 'callbackAgent' && city(p.tenantName))
  await agent.page.goto(`${world.staff}/callback/forms?state=answered`)
  const row = agent.page.getByRole('row', { name: new RegExp(order.number) })
  await row.getByText('不满意').waitFor()
  await shoot(agent.page, 'j03-4-短信回访看板')
  const { tasks, results } = (await agent.api.get(`/api/orders/${order.id}/callbacks`)) as { tasks: { round: number; state: string }[]; results: { satisfied: string; byKind: string }[] }
  assert.deepEqual(tasks.map((one) => [one.round, one.state]), [[1, 'done']])
  assert.deepEqual(results.map((one) => [one.satisfied, one.byKind]), [['no', 'sms']])
  assert.deepEqual([...requester.errors, ...handler.errors, ...agent.errors], [])
  for (const one of [requester, handler, agent]) await one.close()
}
