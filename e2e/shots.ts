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

const appeals = [
  ['楼道消防栓没有水压', '求助', '三号楼消防栓打开没有水，存在安全隐患，请尽快检修。'],
  ['小区外墙瓷砖脱落', '求助', '北侧外墙瓷砖多处脱落，已砸坏车辆，请核实维修。'],
  ['物业收费标准不公示', '投诉', '物业费上涨没有公示依据，询问不答复。'],
  ['电梯频繁停运', '投诉', '二单元电梯一周停运三次，老人上下楼困难。'],
  ['公共收益去向不明', '投诉', '小区广告收益多年未公示，要求公开账目。'],
  ['地下车库渗水', '求助', '雨后车库多处渗水，积水约十厘米。'],
  ['装修敲承重墙', '举报', '六楼装修疑似拆除承重墙，请现场查看。'],
]

/** Fresh work for a unit and the dispatch desk, given by the people whose job it is. */
async function freshWork(world: World): Promise<string> {
  const leader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))
  const unitId = (await handler.api.get('/api/session')).user.unitId as string
  const kinds: Record<string, string> = { 求助: 'help', 投诉: 'complaint', 举报: 'report' }
  const matters = ((await leader.api.get(`/api/matters/search?query=${encodeURIComponent('物业')}`)) as { items: { id: string }[] }).items
  for (const [i, [title, kind, content]] of appeals.entries()) {
    const order = await leader.api.post('/api/orders', { requester: { name: `${'周吴郑王冯陈褚'[i]}${'晓敏志远佳怡'[i % 6]}`, phone: `199001${String(30_000 + i * 37)}` }, appealType: kinds[kind ?? ''] ?? 'help', title, content, areaCode: '990102', address: '汇文路 12 号院', pass: true, urgency: i === 0 ? 'urgent' : 'normal', ...(matters[0] ? { matterId: matters[0].id } : {}) })
    if (i > 4) continue
    const sent = await dispatcher.api.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId, role: 'lead' }], opinion: '请核实处理并回复诉求人。' })
    if (i > 1) await handler.api.post(`/api/assignments/${sent.assignments[0].id}/sign`)
  }
  for (const session of [leader, dispatcher, handler]) await session.close()
  return handler.person.unitName
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
  const unit = await freshWork(world)
  await desk(world, 'reviewer', `/orders/${number}`, 'order.png')
  await desk(world, 'reviewer', '/review/dispatch', 'dispatch.png')
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
