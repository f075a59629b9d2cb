// Every page of the portal is checked by axe, in the ordinary and the large view: a serious finding fails the run.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { as, citizen, root, type World } from './harness.ts'
import { city } from './roles.ts'

const source = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
const open = ['/', '/submit', '/submit?step=place', '/submit?step=photos', '/submit?step=contact', '/submit?step=review', '/query', '/news', '/statistics', '/chat', '/orders', '/me', '/messages', '/accessibility', '/reset', '/q/none-such-code', '/wechat/back', '/unified/back', '/k', '/k/post:none', '/surveys', '/surveys/019a0000-0000-7000-8000-000000000000', '/enterprise', '/chat?human=1', '/nothing']
const signedIn = ['/enterprise', '/enterprise?new', '/orders', '/me', '/messages', '/chat', '/news?kept=true', '/submit?step=contact']
const mobile = `1990029${String(Math.floor(Math.random() * 9000) + 1000)}`

type Finding = { id: string; impact: string | null; nodes: { target: unknown; html: string }[] }

async function findings(page: Page): Promise<string[]> {
  await page.waitForSelector('h1')
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate(source)
  const found = (await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)")) as Finding[]
  return found.filter((f) => f.impact === 'serious' || f.impact === 'critical').map((f) => `${f.id} (${String(f.impact)}): ${f.nodes.slice(0, 3).map((n) => n.html.slice(0, 140)).join(' | ')}`)
}

async function signIn(world: World, page: Page): Promise<void> {
  const { request } = page.context()
  await request.post(`${world.public}/api/public/sign-in/code`, { data: { phone: mobile } })
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  const { items } = (await admin.api.get('/api/sms?limit=20')) as { items: { phoneMask?: string; phone?: string; text: string }[] }
  await admin.close()
  const code = /(\d{6})/.exec(items.find((m) => (m.phoneMask ?? m.phone ?? '').endsWith(mobile.slice(-4)))?.text ?? '')?.[1]
  const answer = await request.post(`${world.public}/api/public/sign-in`, { data: { phone: mobile, code } })
  assert.ok(answer.ok(), `sign-in of a citizen: ${answer.status()}`)
}

export async function portalIsAccessible(world: World): Promise<void> {
  const bad: string[] = []
  const { page, errors, close } = await citizen(world)
  const look = async (path: string, view: string): Promise<void> => {
    await page.goto(world.public + path)
    for (const one of await findings(page)) bad.push(`${path} ${view}: ${one}`)
  }
  for (const path of open) await look(path, '标准版')
  await page.evaluate(() => localStorage.setItem('ms.display', JSON.stringify({ elder: true, contrast: false, asked: true })))
  for (const path of ['/', '/submit', '/query', '/chat', '/k']) await look(path, '长辈版')
  await page.evaluate(() => localStorage.setItem('ms.display', JSON.stringify({ elder: false, contrast: true, asked: true })))
  for (const path of ['/', '/statistics']) await look(path, '高对比度')
  await signIn(world, page)
  for (const path of signedIn) await look(path, '已登录')
  await close()
  assert.deepEqual(bad, [])
  assert.deepEqual(errors, [])
}
