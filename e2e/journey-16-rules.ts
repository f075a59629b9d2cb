// Journey 16: in the middle of a month a stricter closing rule, a new time limit and a supervision rule are tried, reviewed and take effect on a day; running orders keep theirs, new ones follow.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { as, shoot, type Api, type World } from './harness.ts'
import { city } from './roles.ts'

const stricter = '已修复并上传现场照片，诉求人已确认'
type Matter = { id: string; code: string; name: string; state: string; competentUnitName?: string | null }
type Clock = { kind: string; dueAt: string; ruleText: string }

/** Registered, dispatched and signed by the unit that handles it. */
async function running(register: Api, desk: Api, handler: Api, matter: Matter, unitId: string, title: string): Promise<{ id: string; number: string }> {
  const order = await register.post('/api/orders', { requester: { name: '赵小禾', phone: '19900190016' }, appealType: 'help', matterId: matter.id, title, content: `${title}，请尽快处理。`, areaCode: '990102', pass: true })
  const sent = await desk.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId, role: 'lead' }], opinion: '请依法办理。' })
  await handler.post(`/api/assignments/${sent.assignments[0].id}/sign`)
  return order
}
const handlingOf = async (api: Api, id: string): Promise<Clock | undefined> => ((await api.get(`/api/orders/${id}`)).clocks as Clock[]).find((c) => c.kind === 'handling')

/** Types a day into a date field. */
async function pickDay(page: Page, selector: string, date: string): Promise<void> {
  await page.locator(selector).fill(date)
  await page.locator(selector).press('Enter')
}

export async function rulesInTheMiddleOfAMonth(world: World): Promise<void> {
  const manager = await as(world, (p) => p.role === 'matterManager' && city(p.tenantName))
  const seat = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))
  const { user } = await handler.api.get('/api/session')
  const matters = (await manager.api.get('/api/matters/items?state=effective&limit=100')).items as Matter[]
  const matter = matters.find((one) => one.name.includes('路灯')) ?? matters[0]
  assert.ok(matter, 'the standard has a matter')
  const old = await running(seat.api, reviewer.api, handler.api, matter, user.unitId, '旅程十六：规则生效前登记')
  const before = await handlingOf(reviewer.api, old.id)
  assert.ok(before, 'the handling clock runs')
  const now = (await manager.api.get('/api/session')).serverTime as string
  const [year = 0, month = 1] = now.slice(0, 7).split('-').map(Number)
  const day = `${month === 12 ? year + 1 : year}-${String((month % 12) + 1).padStart(2, '0')}-16`

  // The stricter closing standard, from the 16th, goes to another person.
  const { page } = manager
  await page.goto(`${world.staff}/matters/items/${encodeURIComponent(matter.code)}/edit`)
  await page.getByRole('button', { name: '添加一条' }).click()
  await page.getByRole('textbox', { name: /^办结标准 \d/ }).last().fill(stricter)
  await page.getByRole('textbox', { name: '变更说明' }).fill('办结标准从严')
  await pickDay(page, '#effective-on', day)
  await shoot(page, 'j16-1-办结标准从严')
  await page.getByRole('button', { name: /^提交审核/ }).click()
  await page.getByText('有变更待审核').first().waitFor()

  // A new time limit of the matter from the same day; tried for a start on that day before anybody relies on it.
  await page.goto(`${world.staff}/matters/limits`)
  await page.getByRole('button', { name: '新建规则' }).first().click()
  await page.getByText('事项', { exact: true }).last().click()
  const picker = page.locator('[id$=-matter]').last()
  await picker.fill(matter.name)
  await page.locator('.ant-select-tree-title, .ant-select-item-option', { hasText: matter.name }).first().click()
  await page.locator('[id$=-amount]').last().fill('7')
  // for ordinary orders at handling units: the rule with more conditions stands before the matter's own limits
  await page.locator('[id$=-unitKind]').last().click()
  await page.locator('.ant-select-item-option', { hasText: '承办单位' }).first().click()
  await page.locator('[id$=-urgency]').last().click()
  await page.locator('.ant-select-item-option', { hasText: '普通' }).first().click()
  await pickDay(page, '[id$=-validFrom]', day)
  await shoot(page, 'j16-2-新时限')
  await page.locator('.ant-drawer').getByRole('button', { name: /^(保存|新建规则|新建)/ }).last().click()
  await page.getByText(/已保存/).first().waitFor()
  const trial = async (startAt: string): Promise<string> => (await manager.api.post('/api/matters/limits/test', { matterId: matter.id, appealType: 'help', urgency: 'normal', unitKind: 'handling', startAt, clocks: ['handling'] })).items[0].limit.durationText
  assert.match(await trial(`${day}T10:00:00+08:00`), /^7/)
  assert.doesNotMatch(await trial(now), /^7/)
  await page.goto(`${world.staff}/matters/limits?test=1`)
  await shoot(page, 'j16-3-时限测试')

  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  const change = ((await admin.api.get('/api/matters/changes?state=pending&limit=50')).items as { id: string; title: string }[]).find((one) => one.title.includes(matter.name))
  assert.ok(change, 'the change waits for review')
  await admin.page.goto(`${world.staff}/matters/reviews?change=${change.id}`)
  await admin.page.getByText(stricter).first().waitFor()
  await shoot(admin.page, 'j16-4-审核变更')
  await admin.page.getByRole('textbox', { name: /意见/ }).first().fill('同意，自生效日起执行')
  await admin.page.getByRole('button', { name: /Ctrl ↵/ }).click()
  await admin.page.getByText(/自生效日|待生效|到期自动生效/).first().waitFor()

  // A supervision rule: untested it cannot take effect; simulated and tried on past orders it can.
  const keeper = await as(world, (p) => p.role === 'businessAdmin' && city(p.tenantName)).catch(() => as(world, (p) => p.role === 'supervisor' && city(p.tenantName)))
  const rule = await keeper.api.post('/api/supervision/rules', { effect: 'task', name: `旅程十六 ${day}`, definition: { conditions: [{ fact: 'overdue', op: '>=', value: 12, unit: 'naturalHours' }], text: '超期 12 小时，请报告', replyHours: 12 } })
  await keeper.page.goto(`${world.staff}/supervision/rules/${rule.id}`)
  await keeper.page.getByRole('button', { name: '按建议用例测试' }).click()
  await keeper.page.getByText('模拟工单：').or(keeper.page.locator('article.ms-quote')).first().waitFor()
  await keeper.page.getByRole('button', { name: '历史试运行' }).first().click()
  await keeper.page.locator('.ant-drawer').getByRole('button', { name: /^历史试运行/ }).last().click()
  for (let i = 0; i < 40 && ((await keeper.api.get(`/api/supervision/rules/${rule.id}`)).versionState as string) !== 'passed'; i++) await new Promise((resolve) => setTimeout(resolve, 500))
  await keeper.page.reload()
  await shoot(keeper.page, 'j16-5-规则试运行')
  await keeper.page.getByRole('button', { name: /^生\s?效$/ }).first().click()
  await keeper.page.locator('.ant-modal').getByRole('button', { name: /^生\s?效$/ }).last().click()
  for (let i = 0; i < 20 && ((await keeper.api.get(`/api/supervision/rules/${rule.id}`)).state as string) !== 'effective'; i++) await new Promise((resolve) => setTimeout(resolve, 250))
  assert.equal((await keeper.api.get(`/api/supervision/rules/${rule.id}`)).state, 'effective')

  // On the 16th, without a release: the running order keeps version and limit, the next one follows the new ones.
  await world.moveClock((Date.parse(`${day}T10:00:00+08:00`) - Date.parse(now)) / 3_600_000)
  const later = await as(world, (p) => p.id === reviewer.person.id)
  const hands = await as(world, (p) => p.id === handler.person.id)
  let version = 0
  for (let i = 0; i < 60 && version === 0; i++) {
    const held = await later.api.get(`/api/matters/items/${matter.id}/registration`)
    if ((held.closingStandard as { text: string }[]).some((one) => one.text === stricter)) version = held.version as number
    else await new Promise((resolve) => setTimeout(resolve, 500))
  }
  assert.ok(version > 0, 'the stricter standard is in force')
  const fresh = await running((await as(world, (p) => p.id === seat.person.id)).api, later.api, hands.api, matter, user.unitId, '旅程十六：规则生效后登记')
  const kept = await handlingOf(later.api, old.id)
  assert.deepEqual([kept?.dueAt, kept?.ruleText], [before.dueAt, before.ruleText])
  assert.match((await handlingOf(later.api, fresh.id))?.ruleText ?? '', /7/)
  await later.page.goto(`${world.staff}/orders/${old.number}`)
  await shoot(later.page, 'j16-6-在办工单保持原时限')
  await later.page.goto(`${world.staff}/orders/${fresh.number}`)
  await shoot(later.page, 'j16-7-新工单按新规则')
  assert.deepEqual([...manager.errors, ...admin.errors, ...keeper.errors, ...later.errors], [])
}
