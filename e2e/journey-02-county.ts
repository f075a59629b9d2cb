// Journey 2: passed down to a county centre, handled there, checked twice, one chain on both sides.
import { strict as assert } from 'node:assert'
import { as, shoot, type World } from './harness.ts'
import { picture } from './journey-14-citizen.ts'
import { city } from './roles.ts'

const county = (name: string): boolean => name.startsWith('望溪县')

export async function downToACounty(world: World): Promise<void> {
  const leaderAgent = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const areas = await leaderAgent.api.get('/api/areas?parent=990103')
  const order = await leaderAgent.api.post('/api/orders', { requester: { name: '李向东', phone: '19900190002' }, appealType: 'complaint', title: '镇上垃圾清运不及时', content: '集市东侧垃圾点三天没有清运，气味很大。', areaCode: areas.items?.[0]?.code ?? '990103', pass: true, formData: { eventTime: '2026-11-20T08:00:00+08:00' } })

  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  await dispatcher.page.goto(`${world.staff}/orders/${order.number}`)
  await dispatcher.page.getByText('镇上垃圾清运不及时').first().waitFor()
  const tenants = (await dispatcher.api.get(`/api/orders/${order.id}/dispatch-options`)).tenants as { id: string; name: string }[]
  const below = tenants.find((t) => county(t.name))
  assert.ok(below, 'the county centre can be chosen')
  const sent = await dispatcher.api.post(`/api/orders/${order.id}/transfer`, { tenantId: below.id, requirement: '请五个工作日内办结并反馈。' })
  await dispatcher.page.reload()
  await dispatcher.page.getByText(sent.toNumber).first().waitFor()
  await shoot(dispatcher.page, 'j2-1-市级已下派')

  // The county sees its own number and works by itself.
  const reviewer = await as(world, (p) => p.role === 'reviewer' && county(p.tenantName))
  const mirror = await reviewer.api.get(`/api/orders/by-number/${sent.toNumber}`)
  const handler = await as(world, (p) => p.role === 'handler' && county(p.tenantName) && !p.unitName.includes('热线'))
  const unit = (await handler.api.get('/api/session')).user
  const dispatched = await reviewer.api.post(`/api/orders/${mirror.id}/dispatch`, { units: [{ unitId: unit.unitId, role: 'lead' }], opinion: '请立即清运并加密频次。' })
  const assignment = dispatched.assignments[0].id as string
  await handler.api.post(`/api/assignments/${assignment}/sign`)
  await handler.page.goto(`${world.staff}/orders/${sent.toNumber}`)
  await shoot(handler.page, 'j2-2-县级单位办理')
  const csrf = (await handler.api.get('/api/session')).csrf as string
  const upload = await handler.page.context().request.post(`${world.staff}/api/attachments?place=feedback`, { headers: { 'x-csrf-token': csrf }, multipart: { file: { name: '清运后.png', mimeType: 'image/png', buffer: picture() } } })
  await handler.api.post(`/api/assignments/${assignment}/feedback`, { result: '已当日清运，并改为每日两次。', basis: '城乡环境卫生管理规定', contacted: 'yes', solved: 'yes', satisfied: 'yes', fileIds: [((await upload.json()) as { id: string }).id] })
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === handler.person.unitName && county(p.tenantName))
  await leader.api.post(`/api/assignments/${assignment}/review`, { outcome: 'accept' })
  await reviewer.api.post(`/api/orders/${mirror.id}/review-result`, { outcome: 'accept' })

  // Both checks: the city has it in result review, the county waits for it.
  const cityReviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  for (let i = 0; i < 40; i++) {
    if ((await cityReviewer.api.get(`/api/orders/${order.id}`)).state === 'pendingResultReview') break
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  await reviewer.page.goto(`${world.staff}/orders/${sent.toNumber}`)
  await reviewer.page.getByText('待结果审核').first().waitFor()
  await shoot(reviewer.page, 'j2-3-县级等待复核')
  await cityReviewer.api.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' })
  await cityReviewer.page.goto(`${world.staff}/orders/${order.number}`)
  await cityReviewer.page.getByText(sent.toNumber).first().waitFor()
  await shoot(cityReviewer.page, 'j2-4-市级同一条链')
  const end = await cityReviewer.api.get(`/api/orders/${order.id}`)
  assert.ok(['pendingCallback', 'closed'].includes(end.state), `the order is ${end.state}`)
  for (let i = 0; i < 40; i++) {
    if ((await reviewer.api.get(`/api/orders/${mirror.id}`)).state === 'closed') break
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  assert.equal((await reviewer.api.get(`/api/orders/${mirror.id}`)).state, 'closed')

  // A sister county knows nothing of it.
  const sister = await as(world, (p) => p.role === 'reviewer' && p.tenantName.startsWith('临澜区'))
  await assert.rejects(sister.api.get(`/api/orders/${mirror.id}`), /404/)
  assert.deepEqual([...dispatcher.errors, ...reviewer.errors, ...cityReviewer.errors], [])
}
