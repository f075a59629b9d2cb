import { chromium } from 'playwright-core'
const base = 'http://127.0.0.1:4600'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
const people = ((await (await fetch(`${base}/api/demo/people`)).json()) as any).people as any[]
async function as(role: string) {
  const person = people.find((p) => p.role === role && p.tenantName.startsWith('澜川市'))
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  await context.request.post(`${base}/api/demo/sign-in`, { data: { userId: person.id } })
  const { csrf } = (await (await context.request.get(`${base}/api/session`)).json()) as any
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() === 'error') console.log('CONSOLE', role, m.text().slice(0, 300)) })
  page.on('pageerror', (e) => console.log('PAGEERROR', role, String(e).slice(0, 300)))
  const call = async (method: string, path: string, data?: unknown) => { const r = await context.request.fetch(base + path, { method, headers: { 'x-csrf-token': csrf }, ...(data ? { data } : {}) }); return { status: r.status(), body: await r.json().catch(() => null) as any } }
  return { page, call }
}
const shot = (page: any, name: string) => page.screenshot({ path: `/tmp/ai-shots/${name}.png` })
const admin = await as('tenantAdmin')
await admin.page.goto(`${base}/ai/models`); await admin.page.waitForTimeout(2500); await shot(admin.page, 'models-empty')
for (const app of ['matter', 'appeal-type', 'dispatch', 'category']) { const r = await admin.call('POST', `/api/ai/applications/${app}/train`, {}); console.log('train', app, r.status, JSON.stringify(r.body).slice(0, 200)) }
for (let i = 0; i < 60; i++) { const { body } = await admin.call('GET', '/api/ai/models'); if (body.items.every((m: any) => m.state === 'evaluated' || m.state === 'failed')) { console.log(JSON.stringify(body.items.map((m: any) => [m.application, m.state, m.samples, m.classes, m.hit1, m.why]))); break } await new Promise((r) => setTimeout(r, 2000)) }
await admin.page.waitForTimeout(1500); await shot(admin.page, 'models-trained')
for (let i = 0; i < 4; i++) { const b = admin.page.getByRole('button', { name: '启用', exact: true }).first(); if (await b.count() === 0) break; await b.click(); await admin.page.waitForTimeout(1500) }
await shot(admin.page, 'models-live')
await admin.page.goto(`${base}/ai/apps`); await admin.page.waitForTimeout(2500); await shot(admin.page, 'apps')
await admin.page.getByRole('button', { name: '调整' }).first().click(); await admin.page.waitForTimeout(800); await shot(admin.page, 'apps-change')
await admin.page.goto(`${base}/ai/evaluations`); await admin.page.waitForTimeout(2000); await shot(admin.page, 'evaluations')
await admin.page.locator('.ms-link-button').last().click(); await admin.page.waitForTimeout(2500); await shot(admin.page, 'evaluation-detail')
const agent = await as('agent')
await agent.page.goto(`${base}/desk/call`); await agent.page.waitForTimeout(3000)
await agent.page.locator('[data-field="content"] textarea').fill('您好，我叫周大海，电话13912345678。从前天晚上开始，幸福路12号院暖气一直不热，室温只有十二度，家里有老人和孩子，给供热公司打了三次电话都没人来修，请尽快恢复供暖。')
await agent.page.waitForTimeout(4000); await shot(agent.page, 'desk-suggest')
await agent.page.keyboard.press('Alt+a'); await agent.page.waitForTimeout(2500); await shot(agent.page, 'desk-taken')
await agent.page.keyboard.press('Control+Enter'); await agent.page.waitForTimeout(4000); await shot(agent.page, 'desk-registered')
const { body: list } = await agent.call('GET', '/api/orders?limit=1'); console.log(JSON.stringify(list).slice(0, 400))
const dispatcher = await as('dispatcher')
await dispatcher.page.goto(`${base}/review/dispatch`); await dispatcher.page.waitForTimeout(4000); await shot(dispatcher.page, 'dispatch')
await browser.close()
