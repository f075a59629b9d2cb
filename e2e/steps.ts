// Steps of people by clicks, used by several journeys: dispatch, handling on the phone, the leader's review, the result review.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { shoot, type Api, type World } from './harness.ts'

/** What one person asks of the next by hand: `open` is the order's id on the desk. */
async function openOnDesk(world: World, page: Page, desk: string, id: string): Promise<void> {
  await page.goto(`${world.staff}/review/${desk}?row=${id}`)
  await page.getByRole('region', { name: '处理' }).or(page.getByLabel('处理')).first().waitFor()
}

export type Appeal = { phone: string; name: string; type: string; area: string; title: string; content: string }

/** Fills in the form that is open at the agent's desk. */
export async function fillByClicks(page: Page, appeal: Omit<Appeal, 'phone'>): Promise<void> {
  await page.locator('#call-name').fill(appeal.name)
  await page.getByText(appeal.type, { exact: true }).first().click()
  await page.locator('[id$=-areaCode]').fill(appeal.area)
  await page.locator('.ant-select-item-option, .ant-select-tree-title', { hasText: appeal.area }).first().click()
  await page.locator('[id$=-title]').fill(appeal.title)
  await page.locator('[id$=-content]').fill(appeal.content)
  // Forms of some types ask when it happened; they come with the type.
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
  const happened = page.getByLabel('事发时间')
  if (await happened.waitFor({ timeout: 1500 }).then(() => true, () => false)) {
    await happened.click()
    await page.getByRole('link', { name: '此刻' }).or(page.locator('.ant-picker-now-btn')).last().click()
  }
}

/** Registers at the agent's desk and returns the order: `pass` sends it on to dispatch where the person may. */
export async function registerByClicks(world: World, who: { page: Page; api: Api }, appeal: Appeal, options: { pass?: boolean; picture?: string } = {}): Promise<{ id: string; number: string }> {
  const { page } = who
  await page.goto(`${world.staff}/desk`)
  await page.locator('#call-phone').fill(appeal.phone)
  await page.locator('#call-phone').press('Enter')
  await page.getByText(/首次来电人|历史诉求/).first().waitFor()
  await fillByClicks(page, appeal)
  if (options.picture) await shoot(page, options.picture)
  await page.getByRole('button', { name: options.pass ? /^提交并送派发/ : /^提交 ?Ctrl/ }).click()
  await page.getByText(/已登记/).first().waitFor()
  const { items } = (await who.api.get(`/api/orders?sort=registeredAt&limit=20`)) as { items: { id: string; number: string; title: string }[] }
  const order = items.find((o) => o.title === appeal.title)
  assert.ok(order, `${appeal.title} is in the list`)
  return order
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
