// Journey 2: passed down to a county centre, handled there, checked twice, one chain on both sides; then reported up and answered above.
import { strict as assert } from 'node:assert'
import { as, shoot, type Api, type World } from './harness.ts'
import { picture } from './journey-14-citizen.ts'
import { city } from './roles.ts'
import { acceptResultByClicks, dispatchByClicks, handleOnPhone, leaderAcceptsOnPhone, passReviewByClicks, registerByClicks, transferByClicks } from './steps.ts'

const county = (name: string): boolean => name.startsWith('望溪县')
const result = '已当日清运，并改为每日两次。'

async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await check()) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`not reached: ${what}`)
}

const stateOf = async (api: Api, id: string): Promise<string> => (await api.get(`/api/orders/${id}`)).state

export async function downToACounty(world: World): Promise<void> {
  const leaderAgent = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const order = await registerByClicks(world, leaderAgent, { phone: '19900190002', name: '李向东', type: '投诉', area: '青砚镇', title: '镇上垃圾清运不及时', content: '集市东侧垃圾点三天没有清运，气味很大。' }, { pass: true, picture: 'j2-0-登记' })

  const dispatcher = await as(world, (p) => p.role === 'dispatcher' && city(p.tenantName))
  await transferByClicks(world, dispatcher.page, order, '望溪县', '请五个工作日内办结并反馈。', 'j2-1-转往县级中心')
  await dispatcher.page.goto(`${world.staff}/orders/${order.number}?tab=chain`)
  await dispatcher.page.getByText('下派', { exact: true }).first().waitFor()
  await shoot(dispatcher.page, 'j2-2-市级已下派')
  const sent = (await dispatcher.api.get(`/api/orders/${order.id}`)).chain.find((link: { direction: string | null }) => link.direction === 'down')

  // The county sees its own number and works by itself: dispatch, phone, leader, result review, each by hand.
  const reviewer = await as(world, (p) => p.role === 'reviewer' && county(p.tenantName))
  const mirror = await reviewer.api.get(`/api/orders/by-number/${sent.number}`)
  const handler = await as(world, (p) => p.role === 'handler' && county(p.tenantName) && !p.unitName.includes('热线'), { phone: true })
  await dispatchByClicks(world, reviewer.page, mirror, handler.person.unitName, '请立即清运并加密频次。', 'j2-3-县级派发')
  await handleOnPhone(world, handler.page, sent.number, { result, basis: '城乡环境卫生管理规定', photo: picture() }, 'j2-4-县级单位手机')
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === handler.person.unitName && county(p.tenantName), { phone: true })
  await leaderAcceptsOnPhone(world, leader.page, sent.number)
  await acceptResultByClicks(world, reviewer.page, mirror, result, 'j2-5-县级结果审核')

  // Both checks: the city has it in result review, the county waits for it.
  const cityReviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await until(async () => (await stateOf(cityReviewer.api, order.id)) === 'pendingResultReview', 'the result is at the city')
  await reviewer.page.goto(`${world.staff}/orders/${sent.number}`)
  await reviewer.page.getByText('待结果审核').first().waitFor()
  await shoot(reviewer.page, 'j2-6-县级等待复核')
  await acceptResultByClicks(world, cityReviewer.page, order, result, 'j2-7-市级复核')
  await cityReviewer.page.goto(`${world.staff}/orders/${order.number}?tab=chain`)
  await cityReviewer.page.getByText(sent.number).first().waitFor()
  await shoot(cityReviewer.page, 'j2-8-市级同一条链')
  const end = await stateOf(cityReviewer.api, order.id)
  assert.ok(['pendingCallback', 'closed'].includes(end), `the order is ${end}`)
  await until(async () => (await stateOf(reviewer.api, mirror.id)) === 'closed', 'the county closed')

  // A sister county knows nothing of it.
  const sister = await as(world, (p) => p.role === 'reviewer' && p.tenantName.startsWith('临澜区'))
  await assert.rejects(sister.api.get(`/api/orders/${mirror.id}`), /404/)
  assert.deepEqual([...dispatcher.errors, ...reviewer.errors, ...cityReviewer.errors, ...handler.errors, ...leader.errors], [])
  await upToTheCity(world)
}

/** The other direction: the county reports up, the city answers, the county closes. */
async function upToTheCity(world: World): Promise<void> {
  const reviewer = await as(world, (p) => p.role === 'reviewer' && county(p.tenantName))
  const agent = await as(world, (p) => ['shiftLeader', 'agent'].includes(p.role) && county(p.tenantName))
  const order = await registerByClicks(world, agent, { phone: '19900190003', name: '周向南', type: '求助', area: '青砚镇', title: '跨县河道需要清淤', content: '河道跨两县，一县无法单独清淤。' })
  await passReviewByClicks(world, reviewer.page, order)
  await transferByClicks(world, reviewer.page, order, '澜川市', '请市级统筹清淤。')
  const up = (await reviewer.api.get(`/api/orders/${order.id}`)).chain.find((link: { direction: string | null }) => link.direction === 'up')
  assert.equal(up.mayOpen, false, 'a lower centre cannot open the order of the upper one')
  const cityReviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await cityReviewer.page.goto(`${world.staff}/orders/${up.number}`)
  await cityReviewer.page.getByRole('button', { name: /^直接答复/ }).first().click()
  await cityReviewer.page.getByRole('dialog').getByRole('textbox', { name: /答复/ }).fill('已列入年度清淤计划，十月底前完成。')
  await cityReviewer.page.getByRole('dialog').getByRole('textbox', { name: /依据/ }).fill('河道管理条例')
  await cityReviewer.page.getByRole('button', { name: /^直接答复 ?Ctrl/ }).click()
  await until(async () => (await stateOf(reviewer.api, order.id)) === 'pendingResultReview', 'the answer is back at the county')
  await acceptResultByClicks(world, reviewer.page, order, '已列入年度清淤计划，十月底前完成。', 'j2-9-上报件返回审核')
  assert.deepEqual([...reviewer.errors, ...cityReviewer.errors], [])
}
