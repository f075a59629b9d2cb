// Journey 4: the same caller repeats in other words and is told of the earlier order; neighbours report one outage, handled and answered once.
import { strict as assert } from 'node:assert'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

const neighbours = 6

export async function duplicatesAndEventSet(world: World): Promise<void> {
  const agent = await as(world, (p) => p.role === 'agent' && city(p.tenantName))
  const first = await agent.api.post('/api/orders', { requester: { name: '周小满', phone: '13912340901' }, appealType: 'help', title: '安宁苑整栋楼停电', content: '从昨晚八点起整栋楼停电，电梯停用，老人无法下楼。', address: '安宁苑5号楼' })

  // The earlier order is offered before saving.
  const { page } = agent
  await page.goto(`${world.staff}/desk/call?phone=13912340901`)
  await page.getByText('求助', { exact: true }).first().click()
  await page.getByLabel('地点', { exact: true }).fill('安宁苑5号楼')
  await page.getByLabel('标题').first().fill('停电还没有恢复')
  await page.getByLabel('内容').first().fill('昨天反映的整栋楼停电，到现在电梯还不能用。')
  await page.getByRole('button', { name: '重复', exact: true }).first().waitFor()
  await page.getByRole('button', { name: /^提交/ }).last().click()
  await page.getByText('请在右侧“判重”中选择').waitFor()
  await shoot(page, 'journey-04-offered')
  await page.getByRole('button', { name: '重复', exact: true }).first().click()
  await page.getByRole('button', { name: /^提交/ }).last().click()
  await page.getByText('请告知诉求人').waitFor()

  const ids: string[] = [first.id]
  for (let i = 0; i < neighbours; i++) ids.push((await agent.api.post('/api/orders', { requester: { name: '邻居', phone: `1391234091${i}` }, appealType: 'help', title: `安宁苑停电 ${i}`, content: '整栋楼停电，电梯停用。', address: '安宁苑5号楼', callbackWanted: false, callbackManner: 'none' })).id)
  assert.deepEqual(agent.errors, [])
  await agent.close()

  // One set, one dispatch; a wrong member goes on alone.
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await reviewer.api.post(`/api/orders/${ids[0]}/pass-review`)
  const desk = reviewer.page
  await desk.goto(`${world.staff}/orders?text=${encodeURIComponent('安宁苑')}&state=pendingReview&state=pendingDispatch`)
  await desk.getByText('安宁苑停电 0').first().waitFor()
  for (let i = 0; i < neighbours; i++) await desk.getByRole('row', { name: new RegExp(`安宁苑停电 ${i}`) }).getByRole('checkbox').check({ force: true })
  await desk.getByRole('row', { name: /安宁苑整栋楼停电/ }).getByRole('checkbox').check({ force: true })
  await desk.getByRole('button', { name: '建事件集' }).click()
  await desk.getByRole('button', { name: /^建立事件集/ }).last().click()
  await desk.waitForURL(/\/orders\/sets\//)
  const setId = desk.url().split('/').at(-1) ?? ''
  await desk.getByRole('heading', { name: `成员 ${neighbours + 1} 件` }).waitFor()
  await shoot(desk, 'journey-04-set')
  await desk.getByRole('row', { name: /安宁苑停电 3/ }).getByRole('button', { name: '移出' }).click()
  await desk.getByLabel('理由').fill('户内线路问题，另行处理')
  await desk.getByRole('button', { name: /^移出/ }).last().click()
  await desk.getByRole('heading', { name: `成员 ${neighbours} 件` }).waitFor()
  assert.deepEqual(reviewer.errors, [])
  // The set is answered once: each member under its own number.
  await desk.getByRole('button', { name: '统一答复' }).click()
  await desk.getByLabel('答复内容').fill('供电公司已抢修完毕，于今日十点恢复供电。')
  await desk.getByLabel('答复依据').fill('供电公司抢修通报')
  await desk.getByRole('button', { name: /^答复全部成员/ }).click()
  await desk.getByText('已答复').first().waitFor()
  await shoot(desk, 'journey-04-answered')
  const set = await reviewer.api.get(`/api/order-sets/${setId}`)
  assert.equal(set.state, 'answered')
  assert.equal(set.answered, neighbours)
  const states = await Promise.all(ids.map(async (id) => (await reviewer.api.get(`/api/orders/${id}`)).state))
  assert.equal(states.filter((s) => s === 'closed').length, neighbours)
  assert.equal(states[4], 'pendingReview')
  await reviewer.close()
}
