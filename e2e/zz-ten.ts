import { as, openWorld, shoot } from './harness.ts'
import { picture } from './journey-14-citizen.ts'
import { city } from './roles.ts'
import { acceptResultByClicks, dispatchByClicks, handleOnPhone, leaderAcceptsOnPhone, passReviewByClicks } from './steps.ts'
const world = await openWorld(60)
try {
  const admin = await as(world, (p) => ['tenantAdmin', 'businessAdmin'].includes(p.role) && city(p.tenantName))
  await admin.page.goto(`${world.staff}/import`)
  await admin.page.locator('input[type=file]').setInputFiles('/tmp/ten/tickets.jsonl')
  await admin.page.getByRole('button', { name: /^开始/ }).waitFor({ timeout: 60000 })
  await shoot(admin.page, 'ten-1-预览')
  const t = performance.now()
  await admin.page.getByRole('button', { name: /^开始/ }).click()
  await admin.page.getByText(/已完成|导入完成/).first().waitFor({ timeout: 400000 })
  console.log('import', Math.round((performance.now() - t) / 1000), 's')
  await shoot(admin.page, 'ten-2-完成')
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && !p.unitName.includes('热线'), { phone: true })
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === handler.person.unitName && city(p.tenantName), { phone: true })
  const caller = await as(world, (p) => p.role === 'callbackAgent' && city(p.tenantName))
  const q = await reviewer.api.get('/api/orders?sort=registeredAt&limit=50&state=pendingReview,pendingDispatch')
  console.log(q.items.slice(0, 2))
  for (const [i, o] of q.items.slice(0, 10).entries()) {
    try {
      const full = await reviewer.api.get(`/api/orders/${o.id}`)
      console.log(i, o.number, full.state, o.title)
      if (full.state === 'pendingReview') await passReviewByClicks(world, reviewer.page, o)
      await dispatchByClicks(world, dispatcher.page, o, handler.person.unitName, '请依法办理并反馈。', i === 0 ? 'ten-3-派发' : undefined)
      const result = `已核实处理，回复诉求人（第 ${i + 1} 件）。`
      await handleOnPhone(world, handler.page, o.number, { result, basis: '相关管理规定', photo: picture() }, i === 0 ? 'ten-4-手机' : undefined)
      await leaderAcceptsOnPhone(world, leader.page, o.number)
      await acceptResultByClicks(world, reviewer.page, o, result, i === 0 ? 'ten-5-审核' : undefined)
      const after = await reviewer.api.get(`/api/orders/${o.id}`)
      console.log('  ->', after.state)
      if (after.state === 'pendingCallback') {
        await caller.page.goto(`${world.staff}/callbacks?free=true`)
        await caller.page.waitForTimeout(1500)
        await shoot(caller.page, `ten-6-回访-${i}`)
      }
    } catch (e) { console.log('  FAILED', String(e).slice(0, 500)); await shoot(reviewer.page, `ten-f-r-${i}`); await shoot(dispatcher.page, `ten-f-d-${i}`); await shoot(handler.page, `ten-f-h-${i}`) }
  }
  console.log([...admin.errors, ...reviewer.errors, ...dispatcher.errors, ...handler.errors, ...leader.errors, ...caller.errors])
} finally { await world.stop() }
