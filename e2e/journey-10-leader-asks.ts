// Journey 10: a leader lands in the cockpit, follows and instructs a key matter, asks in words, goes on asking, opens a number down to its
// order; a telephone number and what the catalogue does not count are refused.
import { strict as assert } from 'node:assert'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

const mark = String(Math.floor(Math.random() * 9000) + 1000)
const title = `楼道消防栓没有水压${mark}`
const words = `请今天到场核实，三天内解决并回访居民。（${mark}）`

export async function leaderAsks(world: World): Promise<void> {
  const shift = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))
  const unitId = ((await handler.api.get('/api/session')) as { user: { unitId: string } }).user.unitId
  const { items } = (await shift.api.get(`/api/matters/search?query=${encodeURIComponent('物业')}`)) as { items: { id: string }[] }
  const order = (await shift.api.post('/api/orders', { requester: { name: '周晓敏', phone: `1990018${mark}` }, appealType: 'help', ...(items[0] ? { matterId: items[0].id } : {}), title, content: '三号楼消防栓打开没有水，存在安全隐患，请尽快检修。', areaCode: '990101', address: '汇文路 12 号院', pass: true, urgency: 'urgent' })) as { id: string; number: string }
  await dispatcher.api.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId, role: 'lead' }], opinion: '请核实处理并回复诉求人。' })

  // The first page after signing in; the matter stands there, is followed and instructed where it stands.
  const leader = await as(world, (p) => p.role === 'leader' && city(p.tenantName))
  const { page } = leader
  await page.goto(`${world.staff}/`)
  await page.waitForURL('**/cockpit*')
  await page.getByRole('button', { name: `关注 ${title}` }).click()
  await page.getByRole('button', { name: `批示 ${title}` }).click()
  const form = page.getByRole('dialog').last()
  await form.getByLabel('批示内容').fill(words)
  await form.getByRole('button', { name: /^批示/ }).last().click()
  await form.waitFor({ state: 'hidden' })
  await shoot(page, 'j10-1-驾驶舱')
  await page.getByRole('link', { name: '我的批示' }).first().click()
  await page.getByText(words).first().waitFor()
  const timeline = (await leader.api.get(`/api/orders/${order.id}/timeline`)) as { items: { act: string }[] }
  assert.ok(timeline.items.some((one) => /instruct/i.test(one.act)), `the order tells of the instruction: ${timeline.items.map((one) => one.act).join(' ')}`)

  // Asked in words from the cockpit; what was understood stands before the number, and goes on.
  await page.goto(`${world.staff}/cockpit`)
  await page.getByLabel('问数').fill('今天各区县受理量')
  await page.getByRole('button', { name: '问', exact: true }).click()
  await page.waitForURL('**/analytics/ask*')
  const ask = async (text: string): Promise<void> => {
    const field = page.getByRole('textbox', { name: '智能问数' })
    if ((await field.inputValue()) !== text) await field.fill(text)
    await field.press('Enter')
    await page.getByText(text, { exact: true }).first().waitFor()
  }
  await ask('今天各区县受理量')
  await page.getByText('临澜区').first().waitFor()
  await ask('只看临澜区')
  await page.getByText('临澜区').nth(1).waitFor()
  await shoot(page, 'j10-2-追问')
  await ask('周晓敏的电话号码是多少')
  await page.getByText(/个人信息|不能回答|不提供/).first().waitFor()
  await shoot(page, 'j10-3-拒绝')

  // A number opens exactly its orders, the order is one click further.
  await page.goto(`${world.staff}/cockpit?period=today`)
  const received = page.locator('.ms-figure', { hasText: '受理量' }).first()
  const counted = Number((await received.getByRole('button', { name: /^[\d,]+件$/ }).textContent())?.replace(/\D/g, ''))
  await received.getByRole('button', { name: /^[\d,]+件$/ }).click()
  const rows = page.getByRole('dialog').last().locator('tbody tr')
  await rows.first().waitFor()
  assert.equal(await rows.count(), Math.min(50, counted), 'the list is as long as the number')
  await page.getByRole('dialog').last().getByRole('link', { name: order.number }).waitFor()
  await shoot(page, 'j10-4-明细')
  assert.deepEqual(leader.errors, [])
}
