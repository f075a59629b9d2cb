// Journey 3: the requester answers the personal form with "not satisfied"; the order is back at its unit in round 2 with his words, the centre sees it on its board, the link is used up. The unit proves that nothing is left to do: its leader and the centre agree, the order is archived without another callback.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { acceptedOrder } from './callback-steps.ts'
import { as, citizen, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { until } from './telephone.ts'

type Session = Awaited<ReturnType<typeof as>>
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
  await appealed(world, order, handler.page)
  const ended = (await agent.api.get(`/api/orders/${order.id}`)) as { state: string; closeKind: string | null }
  assert.deepEqual([ended.state, ended.closeKind], ['archived', 'appealApproved'])
  const after = (await agent.api.get(`/api/orders/${order.id}/callbacks`)) as { tasks: unknown[] }
  assert.equal(after.tasks.length, 1, 'an approved appeal makes no callback')
  assert.deepEqual([...requester.errors, ...handler.errors, ...agent.errors], [])
  for (const one of [requester, handler, agent]) await one.close()
}

const evidence = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082', 'hex')

/** The unit appeals with evidence; its leader sends it on, the hotline office decides. */
async function appealed(world: World, order: { id: string; number: string; unitName: string }, page: Page): Promise<void> {
  await page.getByRole('button', { name: '更多' }).last().click()
  await page.getByRole('menuitem', { name: '不满意申诉' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('申诉理由').fill('灯具已两次更换，线路由小区产权单位负责，本单位已无办理空间。')
  await form.getByRole('button', { name: /^提交申诉/ }).click()
  await form.getByText(/请上传证明材料|证明材料.*(必填|请)/).first().waitFor()
  await form.locator('input[type=file]').setInputFiles({ name: '产权证明.png', mimeType: 'image/png', buffer: evidence })
  await form.getByText('产权证明.png').waitFor()
  await shoot(page, 'j03-5-不满意申诉')
  await form.getByRole('button', { name: /^提交申诉/ }).click()
  await form.waitFor({ state: 'hidden' })
  const unit = await as(world, (p) => p.role === 'unitLeader' && p.unitName === order.unitName)
  await agree(world, unit, order.number, 'j03-6-单位领导审批')
  const centre = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await agree(world, centre, order.number, 'j03-7-中心认定')
  for (const one of [unit, centre]) await one.close()
}

async function agree(world: World, who: Session, number: string, picture: string): Promise<void> {
  const task = await until('the step of the appeal', async () => ((await who.api.get('/api/flow/tasks?limit=100')) as { items: { id: string; link: string | null }[] }).items.find((one) => one.link?.endsWith(number)))
  await who.page.goto(`${world.staff}/review/requests?row=${task.id}`)
  await who.page.getByText('产权证明.png').first().waitFor()
  await who.page.getByText('同意', { exact: true }).first().click()
  await shoot(who.page, picture)
  await who.page.getByRole('button', { name: /^提交/ }).last().click()
  await until('the step is decided', async () => (((await who.api.get('/api/flow/tasks?limit=100')) as { items: { id: string }[] }).items.some((one) => one.id === task.id) ? undefined : true))
}
