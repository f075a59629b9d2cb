// The administrator of a site, alone and by clicks, builds a queue that overflows, a menu that knows holidays, and a campaign; callers of a line meet them.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { freePort } from '../switch/test/desk.ts'
import { called, caller, hasSipp, info, runSipp, sippMissing, startSipp } from '../switch/test/sipp.ts'
import { as, shoot, type Api, type World } from './harness.ts'
import { city } from './roles.ts'
import { signInAtDesk, speaking, until } from './telephone.ts'

type Call = { id: string; called: string; endCauseName: string | null; queueName: string | null; agentName: string | null; state: string }
type Detail = { path: { name: string; key: string | null; outcome: string }[]; log: { text: string }[] }
const drawer = (page: Page) => page.locator('.ant-drawer-open').last()
const field = (page: Page, name: string) => drawer(page).locator(`[id$=-${name}]`).last()
const choose = async (page: Page, name: string, option: string): Promise<void> => {
  await field(page, name).click()
  await page.locator('.ant-select-item-option', { hasText: option }).last().click()
}

export async function administratorBuilds(world: World): Promise<void> {
  if (!hasSipp || world.sipPort === 0) return console.log(`  ${sippMissing}：来电未走`)
  // Meanwhile somebody sits down at the general queue.
  const seated = sitsDown(world)
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  await buildsQueue(world, admin.page)
  await buildsMenu(world, admin.page)
  const linePort = await freePort()
  // The exchange asks a line how it is (OPTIONS): SIPp answers by itself, and counts it as a call.
  const line = startSipp({ scenario: called(), port: linePort, calls: 1000, timeoutS: 180, keys: { probe_port: '31996' }, args: ['-aa'] })
  await addsLine(world, admin.page, linePort)
  const leader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))

  // On a holiday: the province keeps the calendar.
  const keeper = await as(world, (p) => p.role === 'tenantAdmin' && p.tenantName.startsWith('宁原省'))
  await mark(world, keeper.page, '放假')
  const holiday = await until('the holiday reaches callers', () => calls(world, leader.api, caller({ talkMs: 1000 }), (d) => d.path.some((step) => step.outcome === 'holiday')), 40)
  assert.ok(!holiday.path.some((step) => step.name === '主菜单'), 'no menu on a holiday')

  // On a working day: nobody sits at the new queue, so it overflows to the general one.
  const desk = await seated
  await mark(world, keeper.page, '调休上班')
  const bar = desk.page.getByLabel('软电话')
  const answering = bar.getByRole('button', { name: /接听/ }).waitFor({ timeout: 60_000 }).then(() => desk.page.keyboard.press('F2'))
  const worked = await until('the menu, the queue and its overflow', () => calls(world, leader.api, caller({ talkMs: 1500, middle: `${info(2, '1')}<pause milliseconds="5500"/>` }), (d) => d.path.some((step) => step.name === '主菜单' && step.key === '1')), 60)
  await answering
  const told = worked.log.map((one) => one.text).join('\n')
  assert.match(told, /溢出/)
  assert.match(told, /接听/)
  await keeper.close()
  await desk.close()

  await campaignDials(world, admin, leader.api)
  line.child.kill()
  assert.deepEqual(admin.errors, [])
}

async function sitsDown(world: World): Promise<Awaited<ReturnType<typeof as>>> {
  const desk = await as(await speaking(world, 700), (p) => p.role === 'agent' && city(p.tenantName))
  await desk.page.goto(`${world.staff}/desk/call`)
  await signInAtDesk(desk.page)
  return desk
}

async function buildsQueue(world: World, page: Page): Promise<void> {
  await page.goto(`${world.staff}/telephony/queues`)
  await page.getByRole('button', { name: '新增队列' }).click()
  for (const [name, value] of [['name', '节日值守'], ['code', 'duty'], ['service', '节日值守']] as const) await field(page, name).fill(value)
  await drawer(page).getByRole('button', { name: /^新增队列/ }).click()
  // The next step comes by itself: who serves it.
  await drawer(page).getByRole('checkbox').first().check()
  await drawer(page).getByRole('button', { name: '保存并启用' }).click()
  const row = page.getByRole('row', { name: /节日值守/ })
  await row.getByText('启用中').waitFor()
  await row.getByRole('button', { name: '修改' }).click()
  await field(page, 'from').fill('00:00')
  await field(page, 'to').fill('24:00')
  await field(page, 'closedOnHolidays').click()
  await drawer(page).getByRole('button', { name: '添加一行' }).click()
  await field(page, 'waited').fill('3')
  await field(page, 'to').click()
  await page.locator('.ant-select-item-option', { hasText: '综合受理' }).last().click()
  await drawer(page).getByRole('button', { name: /^保存/ }).click()
  await row.getByText('等待 3 秒 → 综合受理').waitFor()
  await shoot(page, 'tel-admin-1-队列')
}

async function buildsMenu(world: World, page: Page): Promise<void> {
  await page.goto(`${world.staff}/telephony/ivr`)
  await page.getByRole('button', { name: '新增流程' }).click()
  await field(page, 'name').fill('节日导航')
  await choose(page, 'queueId', '节日值守')
  await drawer(page).getByRole('button', { name: /^新增流程/ }).click()
  await page.waitForURL(/ivr\/.+/)
  // A menu of his own: a third key that says something and comes back to people; the list shows every node to keyboards.
  await page.getByText('列表', { exact: true }).click()
  await page.getByRole('button', { name: /工作时间/ }).first().click()
  await page.getByLabel('日历').click()
  await page.locator('.ant-select-item-option', { hasText: '节日值守' }).last().click()
  await page.getByRole('button', { name: '主菜单', exact: true }).click()
  await page.getByRole('toolbar', { name: '添加节点' }).getByRole('button', { name: '播报' }).click()
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await page.getByText(/问题 \d/).waitFor()
  await page.getByRole('button', { name: '加文字' }).click()
  await page.getByLabel('播报文字').fill('供暖期间请先检查阀门。')
  await page.getByLabel('下一步').last().click()
  await page.locator('.ant-select-item-option', { hasText: '人工服务' }).last().click()
  await shoot(page, 'tel-admin-2-导航')
  await page.getByRole('button', { name: '试运行' }).click()
  await page.locator('#voice-try-at').fill('2026-10-01 10:00')
  await page.locator('#voice-try-at').press('Enter')
  await drawer(page).getByRole('button', { name: /运 ?行/ }).click()
  await drawer(page).getByText(/今天是节假日/).waitFor()
  await shoot(page, 'tel-admin-3-试运行')
  await drawer(page).getByRole('button', { name: /Close|关闭/ }).click()
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await drawer(page).getByRole('button', { name: /^发布/ }).click()
  // Published, and told what is missing: a number.
  await page.getByRole('link', { name: '到“线路”设置服务号码' }).click()
  await page.getByRole('row', { name: /12345/ }).getByRole('button', { name: '修改' }).click()
  await choose(page, 'to', '节日导航')
  await drawer(page).getByRole('button', { name: /^保存/ }).click()
  await page.getByRole('row', { name: /12345/ }).getByText('节日导航').waitFor()
}

async function addsLine(world: World, page: Page, port: number): Promise<void> {
  await page.goto(`${world.staff}/telephony/lines?tab=trunks`)
  await page.getByRole('button', { name: '新增中继' }).click()
  for (const [name, value] of [['name', '旅程线路'], ['host', '127.0.0.1'], ['port', String(port)]] as const) await field(page, name).fill(value)
  await drawer(page).getByRole('button', { name: /^保存/ }).click()
  await page.getByText('旅程线路').first().waitFor()
}

/** Today in the calendar, by clicks. */
async function mark(world: World, page: Page, kind: string): Promise<void> {
  await page.goto(`${world.staff}/admin/calendar`)
  await page.locator('.ms-day[data-today]').click()
  await drawer(page).getByText(kind, { exact: false }).first().click()
  const name = drawer(page).locator('[id$=-name]')
  if (await name.isVisible()) await name.fill('旅程')
  await drawer(page).getByRole('button', { name: /重算时限/ }).click()
  await drawer(page).waitFor({ state: 'hidden' })
}

let callers = 0
/** One call over the line; its record once it has ended, or nothing where it went another way (what was published a moment ago may still be on its way). */
async function calls(world: World, api: Api, scenario: string, fits: (detail: Detail) => boolean): Promise<Detail | undefined> {
  const from = `1390017${String(1000 + ++callers)}`
  const run = await runSipp({ scenario, target: `127.0.0.1:${world.sipPort}`, port: await freePort(), keys: { caller: from, called: '12345', probe_port: String(31_900 + callers * 2) }, timeoutS: 40 })
  assert.equal(run.code, 0, run.errors.slice(0, 500))
  const one = await until('the record of the call', async () => ((await api.get(`/api/telephony/calls?q=${from}`)).items as Call[]).find((call) => call.state === 'ended'))
  const detail = (await api.get(`/api/telephony/calls/${one.id}`)) as Detail
  return fits(detail) ? detail : undefined
}

async function campaignDials(world: World, admin: Awaited<ReturnType<typeof as>>, log: Api): Promise<void> {
  const { page, api } = admin
  // Journeys are walked at any hour; the site's calling hours are its own.
  const windows = await api.get('/api/admin/settings/outbound.windows')
  await api.put('/api/admin/settings/outbound.windows', { value: [{ from: '00:00', to: '24:00' }], version: windows.version })
  await page.goto(`${world.staff}/callback/plans`)
  await page.getByRole('link', { name: '现在去启用' }).click()
  await drawer(page).getByRole('switch').or(drawer(page).getByRole('checkbox')).first().click()
  await drawer(page).getByRole('button', { name: /^保存/ }).click()
  await drawer(page).getByText('本级设置').waitFor()
  await page.goto(`${world.staff}/callback/plans`)
  await page.getByRole('button', { name: '新建计划' }).click()
  await field(page, 'name').fill('节后回访')
  await drawer(page).getByText('机器人', { exact: true }).click()
  await drawer(page).getByRole('button', { name: '预览数量' }).click()
  await drawer(page).getByText(/符合 [1-9]\d* 件/).waitFor()
  await drawer(page).getByRole('button', { name: /^保存/ }).click()
  const plan = page.locator('section', { hasText: '节后回访' }).first()
  await plan.getByRole('button', { name: '启动' }).click()
  await page.getByRole('button', { name: /^启动，回访 \d+ 件/ }).click()
  await page.getByText('已启动').first().waitFor()
  await until('the campaign is answered over the line', async () => ((await log.get('/api/telephony/calls?direction=outbound&limit=20')).items as { answeredAt: string | null }[]).find((call) => call.answeredAt !== null), 40)
  await page.reload()
  await shoot(page, 'tel-admin-4-回访计划')
  await plan.getByRole('button', { name: '结束' }).click()
  await page.getByRole('button', { name: '结束', exact: true }).last().click()
}
