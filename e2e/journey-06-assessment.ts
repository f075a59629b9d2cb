// Journey 6: a unit leader follows a lost point to its evidence in three clicks, appeals, the centre upholds it, the leader publishes the corrected result, and only that order changed; then a declaration waits for its window and meets the upper platform's detail.
import { strict as assert } from 'node:assert'
import { as, people, shoot, type Api, type World } from './harness.ts'
import { city } from './roles.ts'

type Row = { objectId: string; name: string; total: string | null; items: { lost: string | null }[] }
type Loss = { key: string; orderId: string | null; number: string | null; points: string; item: string }

/** A published month and a unit with a lost order whose leader can sign in. */
async function lostPoint(world: World, api: Api): Promise<{ period: string; object: string; unit: string; loss: Loss }> {
  const leaders = new Set((await people(world)).filter((p) => p.role === 'unitLeader' && city(p.tenantName)).map((p) => p.unitName))
  const { items: periods } = await api.get('/api/assessment/periods')
  for (const { id, published, appealUntil } of periods as { id: string; published: unknown; appealUntil: string | null }[]) {
    if (!published || !appealUntil) continue
    for (const row of (await api.get(`/api/assessment/periods/${id}`)).rows as Row[]) {
      if (row.total === null || !leaders.has(row.name) || !row.items.some((i) => Number(i.lost ?? 0) > 0)) continue
      const { items } = (await api.get(`/api/assessment/periods/${id}/objects/${row.objectId}/losses`)) as { items: Loss[] }
      const loss = items.find((l) => l.number !== null)
      if (loss) return { period: id, object: row.objectId, unit: row.name, loss }
    }
  }
  throw new Error('no published month with a lost order of a unit with a leader')
}

export async function lostPointToItsEvidence(world: World): Promise<void> {
  const boss = await as(world, (p) => p.role === 'leader' && city(p.tenantName))
  const { period, object, unit, loss } = await lostPoint(world, boss.api)
  const before = (await boss.api.get(`/api/assessment/periods/${period}`)).rows as Row[]

  // 单位领导：卡片 → 失分 → 依据 → 时间轴，三次点击
  const chief = await as(world, (p) => p.role === 'unitLeader' && p.unitName === unit)
  const { page } = chief
  await page.goto(`${world.staff}/assessment`)
  await page.locator(`a.ms-assess-link[href*="${object}"]`).first().waitFor()
  await shoot(page, 'j06-1-我的考核')
  if ((await page.locator(`a.ms-assess-link[href*="${period}"]`).count()) > 0) await page.locator(`a.ms-assess-link[href*="${period}"]`).first().click()
  else await page.goto(`${world.staff}/assessment/${period}/${object}`)
  await page.getByText('核对一致').waitFor()
  await shoot(page, 'j06-2-失分')
  await page.getByRole('button', { name: loss.number ?? '' }).first().click()
  await page.getByRole('link', { name: '看时间轴' }).waitFor()
  await shoot(page, 'j06-3-依据')
  await page.getByRole('link', { name: '看时间轴' }).click()
  await page.waitForURL(new RegExp(`/orders/${loss.number}`))
  await page.getByText(loss.number ?? '').first().waitFor()

  // 申诉这一件
  await page.goto(`${world.staff}/assessment/${period}/${object}`)
  await page.getByRole('row', { name: new RegExp(loss.number ?? '') }).first().getByRole('button', { name: /申\s*诉/ }).click()
  const drawer = page.locator('.ant-drawer').last()
  await drawer.locator('textarea').fill('诉求人留错号码，已多次联系并现场处置。')
  await drawer.locator('input[type=file]').setInputFiles({ name: '联系记录.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082', 'hex') })
  await drawer.getByText('联系记录.png').waitFor()
  await page.waitForTimeout(500)
  await shoot(page, 'j06-4-申诉')
  await drawer.locator('button.ant-btn-primary').last().click()
  await page.getByText('待裁定').first().waitFor()

  // 中心裁定成立，领导发布更正的一版
  const centre = await as(world, (p) => (p.role === 'businessAdmin' || p.role === 'tenantAdmin') && city(p.tenantName))
  await centre.page.goto(`${world.staff}/assessment/appeals?state=pending`)
  await centre.page.getByRole('row', { name: new RegExp(loss.number ?? '') }).getByRole('button', { name: /裁\s*定/ }).first().click()
  const decide = centre.page.locator('.ant-drawer').last()
  await decide.getByText('成立', { exact: true }).click()
  await decide.locator('textarea').fill('证据充分，予以更正。')
  await decide.locator('button.ant-btn-primary').last().click()
  await decide.waitFor({ state: 'hidden' })
  await boss.page.goto(`${world.staff}/assessment/${period}`)
  await boss.page.getByRole('button', { name: '审核发布' }).click()
  await boss.page.locator('.ant-drawer button.ant-btn-primary').last().click()
  await boss.page.locator('.ant-drawer').waitFor({ state: 'hidden' })
  await boss.page.locator('.ms-page-head', { hasText: '第 2 版' }).waitFor()
  await shoot(boss.page, 'j06-5-第二版')

  const after = (await boss.api.get(`/api/assessment/periods/${period}`)).rows as Row[]
  const total = (rows: Row[], name: string): string | null => rows.find((r) => r.name === name)?.total ?? null
  assert.notEqual(total(after, unit), total(before, unit))
  for (const row of before) if (row.name !== unit) assert.equal(total(after, row.name), row.total, row.name)
  const { items, agrees } = (await chief.api.get(`/api/assessment/periods/${period}/objects/${object}/losses?limit=200`)) as { items: Loss[]; agrees: boolean }
  assert.ok(agrees && !items.some((l) => l.orderId === loss.orderId), 'the order costs nothing more, and points add up')
  assert.deepEqual([...chief.errors, ...centre.errors, ...boss.errors], [])
  for (const one of [chief, centre, boss]) await one.close()
  await declarationThroughItsWindow(world)
}

/** An order is hinted at, prepared while the window is shut, declared once it opens, and held against the upper platform's detail. */
async function declarationThroughItsWindow(world: World): Promise<void> {
  const leaders = new Set((await people(world)).filter((p) => p.role === 'unitLeader' && city(p.tenantName)).map((p) => p.unitName))
  const [shift, dispatcher, admin] = [await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName)), await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName)), await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))]
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && leaders.has(p.unitName))
  const chief = await as(world, (p) => p.role === 'unitLeader' && p.unitName === handler.person.unitName)
  const windowed = async (value: boolean): Promise<void> => { const { version } = await admin.api.get('/api/admin/settings/exclusion.windowed'); await admin.api.put('/api/admin/settings/exclusion.windowed', { value, version: version ?? 0 }) }
  const order = await shift.api.post('/api/orders', { requester: { name: '许青禾', phone: '19900190006' }, appealType: 'help', title: '小区门口积水', content: '雨后小区门口积水，行人绕行。', areaCode: '990102', pass: true })
  const { unitId } = (await handler.api.get('/api/session')).user
  const { assignments } = await dispatcher.api.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId, role: 'lead' }], opinion: '请核实办理。' })
  const assignment = assignments[0].id as string
  await handler.api.post(`/api/assignments/${assignment}/sign`)
  await handler.api.post(`/api/assignments/${assignment}/feedback`, { result: '已联系诉求人。诉求人表示积水已退，撤销诉求。', basis: '有关管理条例', contacted: 'yes', solved: 'yes', satisfied: 'yes' })
  await windowed(true)
  try {
    // 提示 → 核对拟好的理由 → 窗口期外先暂存
    for (let i = 0; i < 40 && (await handler.api.get(`/api/exclusion-hints?orderId=${order.id}`)).items.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 250))
    await handler.page.goto(`${world.staff}/handling/exclusion-hints`)
    const row = handler.page.getByRole('row', { name: new RegExp(order.number) }).first()
    await row.hover()
    await shoot(handler.page, 'j06-6-申报提示')
    await row.getByRole('button').last().click()
    await handler.page.getByRole('menuitem', { name: '申报', exact: true }).click()
    const drawer = handler.page.locator('.ant-drawer').last()
    await drawer.getByText(/撤销诉求/).first().waitFor()
    await drawer.locator('input[type=file]').setInputFiles({ name: '撤诉说明.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082', 'hex') })
    await drawer.getByText('撤诉说明.png').waitFor()
    await shoot(handler.page, 'j06-7-暂存申报')
    await drawer.locator('button.ant-btn-primary').last().click()
    await drawer.waitFor({ state: 'hidden' })
    const drafts = async (state: string) => ((await handler.api.get(`/api/exclusion-drafts?orderId=${order.id}&state=${state}`)).items as { id: string; reasonClass: string }[])
    const [draft] = await drafts('draft')
    assert.equal(draft?.reasonClass, '诉求人撤诉')
    assert.equal((await handler.api.get(`/api/exclusion-hints?orderId=${order.id}&state=confirmed`)).items.length, 1)
    await assert.rejects(handler.api.post(`/api/assignments/${assignment}/declare-exclusion`, { kind: 'exclude', reasonClass: '诉求人撤诉', reason: '绕过窗口期', fileIds: [] }), /409|422/)

    // 单位领导预审，窗口期开放后提交，不用重填
    await chief.api.post(`/api/exclusion-drafts/${draft?.id}/review`, { outcome: 'pass', opinion: '属实' })
    const now = Date.parse((await admin.api.get('/api/session')).serverTime as string)
    await admin.api.post('/api/declaration-windows', { opensAt: new Date(now - 60_000).toISOString(), closesAt: new Date(now + 86_400_000).toISOString(), note: '旅程' })
    assert.ok((await handler.api.post('/api/exclusion-drafts/submit', { ids: [draft?.id] })).items[0].ok)
    assert.equal((await drafts('submitted')).length, 1)
  } finally {
    await windowed(false)
  }

  // 上级明细：检查、指定列、导入、比对
  const { page } = admin
  await page.goto(`${world.staff}/assessment/upper`)
  await page.getByRole('button', { name: '导入上级明细' }).click()
  await page.locator('.ant-modal input[type=file]').setInputFiles({ name: '市级明细.csv', mimeType: 'text/csv', buffer: Buffer.from(`案件编号,响应,解决,满意,剔除\n${order.number},是,是,是,是\nNO-SUCH,是,是,是,否\n`) })
  await page.getByText(/1 行可导入，1 处有误/).waitFor()
  await shoot(page, 'j06-8-明细检查')
  await page.getByRole('button', { name: /导入可用的 1 行/ }).click()
  await page.locator('.ant-modal').waitFor({ state: 'hidden' })
  await page.locator('a[href*="subject=exclusions"]').first().click()
  await page.getByRole('row', { name: new RegExp(order.number) }).getByText('不一致').waitFor()
  await shoot(page, 'j06-9-与上级比对')
  assert.deepEqual([...handler.errors, ...admin.errors], [])
  for (const one of [shift, dispatcher, admin, handler, chief]) await one.close()
}
