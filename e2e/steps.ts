// Steps of people by clicks, used by several journeys: dispatch, handling on the phone, the leader's review, the result review.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { shoot, type World } from './harness.ts'

/** What one person asks of the next by hand: `open` is the order's id on the desk. */
async function openOnDesk(world: World, page: Page, desk: string, id: string): Promise<void> {
  await page.goto(`${world.staff}/review/${desk}?row=${id}`)
  await page.getByRole('region', { name: '处理' }).or(page.getByLabel('处理')).first().waitFor()
}

/** Passes the review on the desk 待审核. */
export async function passReviewByClicks(world: World, page: Page, order: { id: string }): Promise<void> {
  await openOnDesk(world, page, 'pending', order.id)
  await page.getByRole('button', { name: /^审核通过/ }).last().click()
  await page.getByText(/审核通过：|审核通过/).first().waitFor()
}

/** Chooses a unit by its name, writes the opinion, sends it off. */
export async function dispatchByClicks(world: World, page: Page, order: { id: string }, unit: string, opinion: string, picture?: string): Promise<void> {
  await openOnDesk(world, page, 'dispatch', order.id)
  const chosen = page.locator('#ms-dispatch-unit-0')
  await chosen.waitFor()
  await chosen.fill(unit)
  await page.locator('.ant-select-tree-title', { hasText: unit }).first().click()
  await page.locator('#ms-dispatch-opinion').fill(opinion)
  if (picture) await shoot(page, picture)
  await page.getByRole('button', { name: /^派发 ?Ctrl/ }).click()
  await page.getByText('刚处理').first().waitFor()
}

/** Hands an order to another centre from the desk 待派发. */
export async function transferByClicks(world: World, page: Page, order: { id: string }, centre: string, requirement: string, picture?: string): Promise<void> {
  await openOnDesk(world, page, 'dispatch', order.id)
  await page.getByRole('button', { name: '转往其他中心' }).first().click()
  await page.locator('#ms-tenant').click()
  await page.locator('#ms-tenant').fill(centre.slice(0, 3))
  await page.locator('.ant-select-item-option', { hasText: centre }).first().click()
  await page.getByLabel('办理要求').fill(requirement)
  if (picture) await shoot(page, picture)
  await page.getByRole('button', { name: /^转往 ?Ctrl/ }).click()
  await page.getByText('刚处理').first().waitFor()
}

/** Signs and reports on the phone, with a photo. */
export async function handleOnPhone(world: World, page: Page, number: string, words: { result: string; basis: string; photo: Buffer }, pictures?: string): Promise<void> {
  await page.goto(`${world.staff}/m/orders/${number}`)
  await page.getByRole('button', { name: '签收' }).first().click()
  await page.getByRole('button', { name: /签收/ }).last().click()
  const report = page.getByRole('link', { name: /^(办理)?反馈$/ }).or(page.getByRole('button', { name: /^(办理)?反馈$/ })).first()
  await report.waitFor()
  if (pictures) await shoot(page, `${pictures}-签收`)
  await report.click()
  await page.getByLabel('办理结果').fill(words.result)
  await page.locator('input[type=file]').first().setInputFiles({ name: '办理后.png', mimeType: 'image/png', buffer: words.photo })
  await page.getByText('1/1 已上传').first().waitFor()
  await page.getByLabel(/^处置依据/).fill(words.basis)
  for (const rate of ['响应', '解决', '满意']) await page.getByRole('group', { name: rate }).getByText('是', { exact: true }).click()
  if (pictures) await shoot(page, `${pictures}-反馈`)
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.getByText(/办理反馈 已提交/).first().waitFor()
}

/** The unit's leader accepts on the phone. */
export async function leaderAcceptsOnPhone(world: World, page: Page, number: string, picture?: string): Promise<void> {
  await page.goto(`${world.staff}/m/orders/${number}`)
  await page.getByRole('link', { name: '审核通过' }).or(page.getByRole('button', { name: '审核通过' })).first().click()
  await page.getByRole('heading', { name: '审核通过' }).or(page.getByText('通过后反馈上报热线中心审核')).first().waitFor()
  if (picture) await shoot(page, picture)
  await page.getByRole('button', { name: '审核通过' }).last().click()
  await page.getByText(/审核通过 已提交/).first().waitFor()
}

/** The centre's reviewer accepts the result as it was reported. */
export async function acceptResultByClicks(world: World, page: Page, order: { id: string }, reply: string, picture?: string): Promise<void> {
  await openOnDesk(world, page, 'results', order.id)
  const text = page.getByLabel(/答复/).first()
  await text.waitFor()
  assert.equal(await text.inputValue(), reply, 'the reply is the reported result')
  if (picture) await shoot(page, picture)
  await page.getByRole('button', { name: /^通过 ?Ctrl/ }).click()
  await page.getByText('刚处理').first().waitFor()
}
