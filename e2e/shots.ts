// `npm run shots`: the five pictures of the README, from the running product with the demo city.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { as, citizen, openWorld, root, type World } from './harness.ts'
import { city } from './roles.ts'

const folder = join(root, 'docs', 'images')

async function desk(world: World, role: string, path: string, name: string, prepare?: (page: import('playwright-core').Page) => Promise<void>): Promise<void> {
  const { page, close } = await as(world, (p) => p.role === role && city(p.tenantName))
  await page.goto(`${world.staff}${path}`)
  await page.waitForTimeout(2500)
  await prepare?.(page)
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(folder, name) })
  await close()
}

/** An order in handling with a history worth looking at: the one with most entries among the newest. */
async function richOrder(world: World): Promise<string> {
  const { api, close } = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  const { items } = (await api.get('/api/orders?state=inProgress,pendingResultReview,pendingCallback&limit=50')) as { items: { id: string; number: string; leadUnitName: string | null }[] }
  let best = { number: items[0]?.number ?? '', entries: 0 }
  for (const row of items.filter((r) => r.leadUnitName).slice(0, 25)) {
    const timeline = (await api.get(`/api/orders/${row.id}/timeline`)) as { items: unknown[] }
    if (timeline.items.length > best.entries) best = { number: row.number, entries: timeline.items.length }
  }
  await close()
  return best.number
}

/** A handler of the unit that has most to do. */
async function busyHandler(world: World): Promise<string> {
  const { api, close } = await as(world, (p) => p.role === 'supervisor' && city(p.tenantName))
  const { items } = (await api.get('/api/orders?state=inProgress&limit=200')) as { items: { leadUnitName: string | null }[] }
  await close()
  const { people } = (await (await fetch(`${world.staff}/api/demo/people`)).json()) as { people: { role: string; unitName: string; tenantName: string }[] }
  const counts = Map.groupBy(items, (i) => i.leadUnitName ?? '')
  return people.filter((p) => p.role === 'handler' && city(p.tenantName)).toSorted((a, b) => (counts.get(b.unitName)?.length ?? 0) - (counts.get(a.unitName)?.length ?? 0))[0]?.unitName ?? ''
}

async function phones(world: World, unitName: string): Promise<void> {
  const visitor = await citizen(world)
  await visitor.page.goto(world.public)
  await visitor.page.waitForTimeout(1500)
  const pictures: Buffer[] = [await visitor.page.screenshot()]
  await visitor.page.goto(`${world.public}/submit`)
  await visitor.page.waitForTimeout(1500)
  pictures.push(await visitor.page.screenshot())
  const handler = await as(world, (p) => p.role === 'handler' && p.unitName === unitName, { phone: true })
  await handler.page.goto(`${world.staff}/m`)
  await handler.page.waitForTimeout(2000)
  await handler.page.getByText('办理', { exact: false }).first().click().catch(() => undefined)
  await handler.page.waitForTimeout(1000)
  pictures.push(await handler.page.screenshot())
  const board = await world.browser.newPage({ viewport: { width: 1290, height: 900 } })
  await board.setContent(`<body style="margin:0;background:#e9eef5;display:flex;gap:24px;padding:24px;justify-content:center">${pictures.map((p) => `<img style="height:852px;border-radius:18px;box-shadow:0 4px 24px #0003" src="data:image/png;base64,${p.toString('base64')}">`).join('')}</body>`)
  await board.waitForTimeout(300)
  await board.screenshot({ path: join(folder, 'phones.png') })
}

mkdirSync(folder, { recursive: true })
const world = await openWorld(400)
try {
  const number = await richOrder(world)
  const unit = await busyHandler(world)
  await desk(world, 'reviewer', `/orders/${number}`, 'order.png')
  await desk(world, 'reviewer', '/review/dispatch', 'dispatch.png', async (page) => {
    await page.getByRole('listitem').first().click({ timeout: 2000 }).catch(() => undefined)
  })
  await desk(world, 'supervisor', '/supervision/board', 'board.png')
  const handler = await as(world, (p) => p.role === 'handler' && p.unitName === unit)
  await handler.page.goto(`${world.staff}/unit`)
  await handler.page.waitForTimeout(2500)
  await handler.page.screenshot({ path: join(folder, 'unit.png') })
  await phones(world, unit)
  for (const name of ['order', 'dispatch', 'unit', 'board', 'phones']) console.log(`${name}.png ${Math.round(readFileSync(join(folder, `${name}.png`)).length / 1024)} KiB`)
} finally {
  await world.stop()
}
