// Journey 9: an author makes a template with sentences of figures and a chart, has it made by a task, edits with a colleague, opens a number
// down to its orders; the leader publishes what the author may not, readers see it come up. No language model takes part.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

const mark = String(randomInt(1000, 9999))
const name = `街道关注周报${mark}`
const task = `每周自动生成${mark}`

const section = (page: Page, title: string) => page.locator('.ms-section', { has: page.getByRole('heading', { name: title, exact: true }) }).first()

async function addBlock(page: Page, title: string, kind: string): Promise<void> {
  await section(page, title).getByRole('button', { name: /^添\s?加$/ }).click()
  await page.getByRole('menuitem', { name: kind }).last().click()
}

export async function reportFromTemplate(world: World): Promise<void> {
  const author = await as(world, (p) => p.role === 'businessAdmin' && city(p.tenantName))
  const { page } = author
  await page.goto(`${world.staff}/analytics/reports/templates/new`)
  await page.getByLabel('模板名称').fill(name)
  await page.getByLabel('编码').fill(`street${mark}`)
  await page.getByLabel('报告标题').fill('{unit}街道关注周报')
  await addBlock(page, '首段', '文字')
  await page.getByLabel('文字', { exact: true }).last().fill('本期受理{received}件，较上期{received.change}；前三类是{received.top.category.3}。')
  await addBlock(page, '正文', '指标图表')
  await page.getByRole('button', { name: /^按“本期至今”预览/ }).click()
  await page.locator('.ms-report-paper').getByText(/本期受理/).first().waitFor()
  await page.getByRole('button', { name: /^发\s?布$/ }).click()
  await page.getByText('已发布', { exact: true }).first().waitFor()
  await shoot(page, 'j09-1-模板')

  // A task of the template makes a draft at once.
  await page.goto(`${world.staff}/analytics/reports/schedules`)
  await page.getByRole('button', { name: '新建任务' }).click()
  const form = page.getByRole('dialog').last()
  await form.getByLabel('任务名称').fill(task)
  await form.getByLabel('模板').fill(name)
  await page.locator('.ant-select-item-option', { hasText: name }).last().click()
  await form.getByLabel('统计').click()
  await page.locator('.ant-select-item-option', { hasText: '本期至今' }).last().click()
  await form.getByLabel('生成后').click()
  await page.locator('.ant-select-item-option', { hasText: '存为草稿' }).last().click()
  await form.getByRole('button', { name: /^保\s?存$/ }).click()
  await form.waitFor({ state: 'hidden' })
  const made = section(page, task)
  await made.getByRole('button', { name: '立即生成' }).click()
  await made.getByRole('link', { name: '打开' }).click({ timeout: 60_000 })
  await page.getByText(/本期受理/).first().waitFor()
  const address = page.url()
  const id = address.split('/').at(-1) ?? ''

  // A draft is nothing to readers yet.
  const reader = await as(world, (p) => p.role === 'unitLeader' && city(p.tenantName))
  await assert.rejects(reader.api.get(`/api/reports/${id}`), /404/)

  // A colleague edits the words; the author sees it without loading the page again. The number typed by hand has no source.
  const colleague = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  await colleague.page.goto(address)
  await colleague.page.locator('.ms-report-text', { hasText: '本期受理' }).getByRole('button', { name: /^编\s?辑$/ }).click()
  const words = colleague.page.getByLabel('编辑', { exact: true })
  await words.fill(`${await words.inputValue()}请重点关注其中 7 处管网。`)
  await colleague.page.locator('.ms-report-editing').getByRole('button', { name: /^保\s?存$/ }).click()
  await colleague.page.locator('.ms-report-untraced', { hasText: '7' }).waitFor()
  await page.getByText('请重点关注其中', { exact: false }).first().waitFor()

  // A figure opens as many orders as it says, each one click further.
  const figure = page.getByRole('button', { name: '打开“受理量”的明细' }).first()
  const counted = Number((await figure.textContent())?.replace(/\D/g, ''))
  await figure.click()
  const rows = page.getByRole('dialog').last().locator('tbody tr')
  await rows.first().waitFor()
  assert.equal(await rows.count(), Math.min(50, counted), 'the list is as long as the number')
  await shoot(page, 'j09-2-明细')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^送\s?审$/ }).click()
  await page.getByText('待审核').first().waitFor()
  const own = page.getByRole('button', { name: /^发\s?布$/ })
  assert.ok(!(await own.isVisible().catch(() => false)) || (await own.isDisabled()), 'nobody publishes his own')

  // Published by the leader; it comes up at readers who are signed in.
  await reader.page.goto(`${world.staff}/`)
  await reader.page.waitForLoadState('networkidle')
  const leader = await as(world, (p) => p.role === 'leader' && city(p.tenantName))
  await leader.page.goto(address)
  await leader.page.getByRole('button', { name: /^发\s?布$/ }).click()
  const sure = leader.page.getByRole('dialog').last()
  await sure.getByText(/1 处数字没有来源/).waitFor()
  await sure.getByRole('button', { name: /^发\s?布$/ }).click()
  await leader.page.getByText('已发布', { exact: true }).first().waitFor()
  await reader.page.getByText(new RegExp(name)).first().waitFor({ timeout: 20_000 })
  await shoot(reader.page, 'j09-3-提醒')
  await reader.page.goto(`${world.staff}/analytics/reports`)
  await reader.page.locator('tr', { hasText: name }).getByText('未读').waitFor()
  await reader.page.locator('tr', { hasText: name }).getByRole('link').first().click()
  await reader.page.getByText('请重点关注其中', { exact: false }).first().waitFor()
  await shoot(reader.page, 'j09-4-报告')
  for (const one of [author, colleague, leader]) assert.deepEqual(one.errors, [])
}
