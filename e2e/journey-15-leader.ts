// Journey 15: the shift leader watches the seats, listens unheard, joins, takes over, forces a seat busy, and tells everybody, who confirm.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { as, citizen, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { callHotline, hears, signInAtDesk, speaking, until, withEars } from './telephone.ts'

const [LEADER, AGENT, CITIZEN] = [1000, 700, 440]

export async function leaderAtTheSeats(world: World): Promise<void> {
  const [office, desk, street] = [await speaking(world, LEADER), await speaking(world, AGENT), await speaking(world, CITIZEN)]
  const agent = await as(desk, (p) => p.role === 'agent' && city(p.tenantName))
  await withEars(agent.page)
  await agent.page.goto(`${world.staff}/desk/call`)
  await signInAtDesk(agent.page)
  const leader = await as(office, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  await withEars(leader.page)
  await leader.page.goto(`${world.staff}/desk/monitor`)
  await signInAtDesk(leader.page, { ready: false })
  const seat = leader.page.getByRole('button', { name: new RegExp(`^${agent.person.name}`) }).first()
  await seat.getByText('示闲').waitFor()

  const caller = await citizen(street)
  await callHotline(world, caller.page, `139${String(randomInt(10_000_000, 99_999_999))}`, '1')
  await agent.page.getByLabel('软电话').getByRole('button', { name: /接听/ }).waitFor()
  await agent.page.keyboard.press('F2')
  await caller.page.getByText('通话中', { exact: true }).waitFor()
  await hears('the citizen', caller.page, [AGENT], [LEADER])
  // Within two seconds the map follows.
  await seat.getByText('通话中').first().waitFor({ timeout: 4000 })
  await shoot(leader.page, 'j15-1-坐席图')
  await seat.click()
  const panel = leader.page.getByRole('dialog').first()
  await panel.getByRole('button', { name: '监听' }).waitFor()
  await shoot(leader.page, 'j15-2-坐席详情')
  const act = async (name: string): Promise<void> => {
    await panel.getByRole('button', { name, exact: true }).first().click()
    const form = leader.page.getByRole('dialog').last()
    await form.getByLabel('原因').fill(`旅程：${name}`)
    await form.getByRole('button', { name: new RegExp(`^${name}`) }).last().click()
    await form.getByLabel('原因').waitFor({ state: 'hidden' })
  }
  await act('监听')
  await hears('the listening leader', leader.page, [AGENT, CITIZEN])
  await hears('the citizen while the leader listens', caller.page, [AGENT], [LEADER])
  await hears('the agent while the leader listens', agent.page, [CITIZEN], [LEADER])
  await act('强插')
  await hears('the citizen with the leader in the call', caller.page, [AGENT, LEADER])
  await hears('the agent with the leader in the call', agent.page, [CITIZEN, LEADER])
  await act('接管')
  await hears('the citizen after the take-over', caller.page, [LEADER], [AGENT])
  await hears('the leader after the take-over', leader.page, [CITIZEN], [AGENT])
  await shoot(leader.page, 'j15-3-接管')
  await caller.page.getByRole('button', { name: '挂断' }).click()
  await caller.page.getByText('通话已结束').waitFor()

  // The call was the leader's in the end: its form is open, the monitor is one click away.
  await leader.page.getByRole('link', { name: '坐席监控' }).click()
  await seat.click()
  // A faulty seat is forced busy: no call reaches it, and it says why.
  await act('强制置忙')
  await agent.page.getByLabel('软电话').getByText('强制置忙').first().waitFor()
  await seat.getByText('强制置忙').first().waitFor()
  await shoot(agent.page, 'j15-4-强制置忙')
  await act('解除强制')
  await leader.page.goto(`${world.staff}/desk/monitor`)

  // A notice to all seats, confirmed at the desk; the leader sees by whom.
  await leader.page.getByRole('button', { name: '发布公告' }).first().click()
  const form = leader.page.getByRole('dialog').last()
  await form.getByLabel('公告内容').fill('暴雨橙色预警：积水、断电类来电请优先登记，注明具体位置。')
  await form.getByRole('button', { name: /^发布公告/ }).last().click()
  await agent.page.getByText('暴雨橙色预警').first().waitFor()
  await shoot(agent.page, 'j15-5-班组公告')
  await agent.page.getByRole('button', { name: '知道了' }).click()
  await until('the confirmation', async () => {
    const { items } = (await leader.api.get('/api/telephony/notices')) as { items: { reads: { name: string }[] }[] }
    return items[0]?.reads.some((read) => read.name === agent.person.name) || undefined
  })
  const acts = (await leader.api.get(`/api/telephony/monitor/seats/${agent.person.id}`)) as { interventions: { kindName: string; reason: string }[] }
  for (const name of ['监听', '强插', '接管', '强制置忙']) assert.equal(acts.interventions.filter((one) => one.reason === `旅程：${name}`).length, 1, `${name} stands once in the log: ${JSON.stringify(acts.interventions)}`)
  assert.deepEqual([...leader.errors, ...agent.errors, ...caller.errors], [])
}
