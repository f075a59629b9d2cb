// Journey 6: a unit leader follows a lost point to its evidence in three clicks, appeals, the centre upholds it, the leader publishes the corrected result, and only that order changed.
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
}
