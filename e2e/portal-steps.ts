// Steps of citizens by clicks, used by several journeys: signing in by code, submitting an appeal.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

/** The code as an administrator reads it in the development outbox; never shown beside the field. */
export async function smsCode(world: World, mobile: string): Promise<string> {
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  for (let i = 0; i < 20; i++) {
    const { items } = (await admin.api.get('/api/sms?limit=20')) as { items: { phoneMask?: string; phone?: string; text: string }[] }
    const mine = items.find((m) => (m.phoneMask ?? m.phone ?? '').endsWith(mobile.slice(-4)))
    const code = /(\d{6})/.exec(mine?.text ?? '')?.[1]
    if (code) {
      await admin.close()
      return code
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('no code in the outbox')
}

/** On a page that asks for the mobile. */
export async function signInByClicks(world: World, page: Page, mobile: string): Promise<void> {
  await page.getByRole('textbox', { name: '手机号' }).fill(mobile)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByLabel('短信验证码').fill(await smsCode(world, mobile))
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

export type Submitted = {
  text: string; type: string; address: string
  /** Signs in on the way; left out: signed in already. */
  mobile?: string
  name?: string
  photo?: Buffer
  /** Chosen where the page asks in whose name, and whom it concerns. */
  extent?: string
}

/** From the first step, which is open, to the number on the done page. */
export async function submitByClicks(world: World, page: Page, appeal: Submitted, pictures?: string): Promise<string> {
  const picture = (name: string): Promise<void> => (pictures ? shoot(page, `${pictures}-${name}`) : Promise.resolve())
  const next = page.getByRole('button', { name: '下一步' })
  await page.getByLabel('把事情写下来').fill(appeal.text)
  await page.getByText(appeal.type, { exact: true }).first().click()
  await picture('1-说事情')
  await next.click()
  await page.getByRole('button', { name: '选择区域' }).click()
  await page.getByRole('button', { name: '北屏区' }).click()
  for (let i = 0; i < 2; i++) {
    const whole = page.getByRole('button', { name: /^就选|全区|整个/ })
    if (await whole.count()) {
      await whole.first().click()
      break
    }
    const options = page.getByRole('dialog').getByRole('listitem').getByRole('button')
    if (await options.count()) await options.first().click()
  }
  await page.getByLabel('详细地址').fill(appeal.address)
  await picture('2-在哪里')
  await next.click()
  const near = page.getByRole('button', { name: '不是，继续' })
  if (await near.isVisible().catch(() => false)) await near.click()
  if (appeal.photo) {
    await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: appeal.photo })
    await page.waitForTimeout(800)
    await picture('3-照片')
  }
  await next.click()
  const contact = page.getByRole('heading', { name: '怎么联系您' })
  const more = page.getByRole('heading', { name: '还需要知道几件事' })
  await contact.or(more).first().waitFor()
  if (await more.isVisible()) await next.click()
  if (appeal.mobile) await signInByClicks(world, page, appeal.mobile)
  if (appeal.name) await page.getByLabel('怎么称呼您').fill(appeal.name)
  if (appeal.extent) await page.getByRole('radio', { name: appeal.extent }).check({ force: true })
  await picture('5-联系')
  await next.click()
  await picture('6-核对')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('已提交').first().waitFor()
  await picture('7-完成')
  const number = /\d{17,}/.exec(await page.locator('body').innerText())?.[0]
  assert.ok(number, 'the done page shows the number')
  return number
}
