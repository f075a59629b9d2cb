// A call that goes from hand to hand by clicks: passed on with its form, asked about aside, joined by three, left by one, rated.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { as, citizen, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { fillByClicks } from './steps.ts'
import { callHotline, hears, signInAtDesk, speaking, until, withEars } from './telephone.ts'

const [FIRST, SECOND, CITIZEN] = [700, 1000, 440]

export async function callPassedOn(world: World): Promise<void> {
  const [desk, desk2, street] = [await speaking(world, FIRST), await speaking(world, SECOND), await speaking(world, CITIZEN)]
  const first = await as(desk, (p) => p.role === 'agent' && city(p.tenantName))
  const second = await as(desk2, (p) => p.role === 'agent' && city(p.tenantName) && p.id !== first.person.id)
  for (const one of [first, second]) {
    await withEars(one.page)
    await one.page.goto(`${world.staff}/desk/call`)
  }
  await signInAtDesk(first.page)
  const caller = await citizen(street)
  await callHotline(world, caller.page, `137${String(randomInt(10_000_000, 99_999_999))}`, '1')
  const [bar, bar2] = [first.page.getByLabel('软电话'), second.page.getByLabel('软电话')]
  await bar.getByRole('button', { name: /接听/ }).waitFor()
  await first.page.keyboard.press('F2')
  await caller.page.getByText('通话中', { exact: true }).waitFor()
  // The form of the call opens with what is known of the caller.
  await first.page.waitForURL(/draft=/)
  await hears('the citizen', caller.page, [FIRST], [SECOND])
  const title = '海棠路雨水箅子缺失（转接）'
  await fillByClicks(first.page, { name: '李女士', type: '求助', area: '北屏区', title, content: '海棠路 18 号门前雨水箅子缺失，夜间易踩空。' })

  // Passed on: the second agent reads who sends it, why, and what is written already.
  await signInAtDesk(second.page)
  await choose(first.page, 'F10', { who: second.person.name, reason: '涉及排水管网，请您接着办' })
  await bar2.getByRole('button', { name: /接听/ }).waitFor()
  const pop = second.page.getByRole('status', { name: '来电' })
  await pop.getByText(`${first.person.name} 转来：涉及排水管网，请您接着办`).waitFor()
  await second.page.keyboard.press('F2')
  await until('the form that came with the call', async () => (await second.page.locator('[id$=-title]').inputValue()) === title || undefined)
  await shoot(second.page, 'tel-1-转接带表单')
  await hears('the citizen after the transfer', caller.page, [SECOND], [FIRST])
  await hears('the second agent', second.page, [CITIZEN], [FIRST])

  // Asked aside: the citizen hears music, not the two of them.
  await becomeReady(first.page)
  await choose(second.page, 'F10', { who: first.person.name, way: '先咨询' })
  await bar.getByRole('button', { name: /接听/ }).waitFor()
  await first.page.getByRole('status', { name: '来电' }).getByText(`${second.person.name} 咨询`).waitFor()
  await first.page.keyboard.press('F2')
  await bar2.getByText(`正在咨询 ${first.person.name}`).waitFor()
  await hears('the first agent aside', first.page, [SECOND], [CITIZEN])
  await hears('the second agent aside', second.page, [FIRST], [CITIZEN])
  await hears('the citizen meanwhile', caller.page, [], [FIRST, SECOND])
  await shoot(second.page, 'tel-2-咨询')
  await bar2.getByRole('button', { name: '合并三方' }).click()
  await hears('the citizen of three', caller.page, [FIRST, SECOND])
  await hears('the first agent of three', first.page, [SECOND, CITIZEN])
  await hears('the second agent of three', second.page, [FIRST, CITIZEN])
  await shoot(second.page, 'tel-3-三方')
  assert.equal(await second.page.locator('[id$=-title]').inputValue(), title, 'the form stayed open through the consultation')

  // The second leaves; the two others talk on. Rated, ended, and the trail stands in the record.
  await second.page.keyboard.press('Shift+F2')
  await hears('the citizen with the first agent', caller.page, [FIRST], [SECOND])
  await bar.getByRole('button', { name: '评价' }).click()
  await caller.page.getByText('请为本次服务评价').waitFor()
  await caller.page.getByRole('button', { name: '按 1', exact: true }).click()
  await caller.page.getByText('通话已结束').waitFor({ timeout: 45_000 })
  const call = await until('the record', async () => {
    const { items } = (await second.api.get('/api/telephony/calls?limit=5')) as { items: { id: string; direction: string; rating: number | null }[] }
    return items.find((one) => one.direction === 'inbound' && one.rating === 1)
  })
  const { handovers } = (await second.api.get(`/api/telephony/calls/${call.id}`)) as { handovers: { fromName: string; toName: string; reason: string | null; result: string }[] }
  assert.deepEqual(handovers.map(({ fromName, toName, reason, result }) => [fromName, toName, reason, result]), [[first.person.name, second.person.name, '涉及排水管网，请您接着办', 'completed']])
  assert.deepEqual([...first.errors, ...second.errors, ...caller.errors], [])
}

/** By the dialog of the bar: whom, how, why. */
async function choose(page: Page, key: string, { who, way, reason }: { who: string; way?: string; reason?: string }): Promise<void> {
  await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  if (way) await dialog.getByText(way).click()
  await dialog.getByLabel('按队列、姓名、分机查找').fill(who)
  if (reason) await dialog.getByLabel('原因').fill(reason)
  await dialog.getByRole('option').filter({ hasText: who }).getByRole('button').click()
  await dialog.waitFor({ state: 'hidden' })
}

/** 示闲 from whatever state, by the menu of the state. */
async function becomeReady(page: Page): Promise<void> {
  const bar = page.getByLabel('软电话')
  await bar.getByRole('button', { name: '结束整理' }).click({ timeout: 3000 }).catch(() => undefined)
  await bar.getByRole('button', { name: /示闲 \d/ }).waitFor()
}
