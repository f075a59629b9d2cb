// Journey 1: a citizen calls from the portal, the menu leads to a queue, an agent answers, an order is born with its recording; the unit's handler calls him by the platform.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { called, hasSipp, sippMissing, startSipp } from '../switch/test/sipp.ts'
import { freePort } from '../switch/test/desk.ts'
import { tonesIn } from '../switch/test/tones.ts'
import { as, citizen, shoot, type Api, type World } from './harness.ts'
import { city } from './roles.ts'
import { dispatchByClicks, fillByClicks, passReviewByClicks } from './steps.ts'
import { callHotline, hears, signInAtDesk, speaking, until, withEars } from './telephone.ts'

const AGENT = 700
const CITIZEN = 440
const mobile = `138${String(randomInt(10_000_000, 99_999_999))}`

export async function callBecomesOrder(world: World): Promise<void> {
  const [desk, street] = [await speaking(world, AGENT), await speaking(world, CITIZEN)]
  const agent = await as(desk, (p) => p.role === 'agent' && city(p.tenantName))
  await withEars(agent.page)
  await agent.page.goto(`${world.staff}/desk/call`)
  await signInAtDesk(agent.page)

  // The citizen's tab: the menu's key, the queue, ringing at the only seat that is ready.
  const caller = await citizen(street)
  await callHotline(world, caller.page, mobile, '1', 'j01-1-语音导航')
  const bar = agent.page.getByLabel('软电话')
  await bar.getByRole('button', { name: /接听/ }).waitFor()
  await agent.page.getByRole('status', { name: '来电' }).getByText(`138****${mobile.slice(-4)}`).first().waitFor()
  await agent.page.getByText('首次来电人').first().waitFor()
  await shoot(agent.page, 'j01-2-来电弹屏')
  await agent.page.keyboard.press('F2')
  await caller.page.getByText('通话中', { exact: true }).waitFor()
  await hears('the agent', agent.page, [CITIZEN], [AGENT])
  await hears('the citizen', caller.page, [AGENT], [CITIZEN])
  await shoot(caller.page, 'j01-3-通话中')

  // The form belongs to the call; hold is heard by nobody else.
  const title = '云帆路南口路灯不亮（来电）'
  await fillByClicks(agent.page, { name: '王先生', type: '求助', area: '北屏区', title, content: '云帆路南口三盏路灯坏了一周，晚上行人看不清路，请尽快维修。' })
  await agent.page.keyboard.press('F9')
  await bar.getByText('保持', { exact: true }).first().waitFor()
  await caller.page.getByText('工作人员请您稍候').waitFor()
  await agent.page.keyboard.press('F9')
  await caller.page.getByText('通话中', { exact: true }).waitFor()
  // What both say stands beside the form while they talk; words of the list are red; a mark jumps.
  const live = agent.page.getByLabel('实时转写')
  await live.getByText('云帆路南口三盏路灯坏了一个星期').waitFor()
  await live.getByText('请问有什么可以帮您').waitFor()
  await live.locator('mark', { hasText: '漏电' }).waitFor()
  await live.getByLabel('要点').fill('核实漏电')
  await live.getByLabel('要点').press('Enter')
  await live.getByRole('button', { name: /★ .*核实漏电/ }).click()
  await shoot(agent.page, 'j01-4-登记')
  await agent.page.getByRole('button', { name: /^提交 ?Ctrl/ }).click()
  await agent.page.getByText(/已登记/).first().waitFor()
  const order = await orderOf(agent.api, title)

  // The agent asks for a rating; the citizen presses 1 and the call ends.
  await bar.getByRole('button', { name: '评价' }).click()
  await caller.page.getByText('请为本次服务评价').waitFor()
  await caller.page.getByRole('button', { name: '按 1', exact: true }).click()
  await caller.page.getByText('通话已结束').waitFor()

  // The recording is kept with the order, each voice in its own channel.
  const first = await until('the recording of the order', async () => {
    const { items } = (await agent.api.get(`/api/orders/${order.id}/calls`)) as { items: { id: string; recordings: { id: string; state: string }[]; rating: number | null }[] }
    return items.find((one) => one.rating === 1 && one.recordings.some((r) => r.state === 'stored'))
  })
  await agent.page.goto(`${world.staff}/orders/${order.number}?tab=calls`)
  await agent.page.getByText('登记环节').first().waitFor()
  await shoot(agent.page, 'j01-5-通话录音')
  const file = join(world.dataDir || '/tmp', 'j01.wav')
  const answer = await agent.page.request.get(`${world.staff}/api/telephony/recordings/${first.recordings[0]?.id}/content`)
  assert.equal(answer.status(), 200)
  writeFileSync(file, await answer.body())
  const [citizenIn, agentIn] = [tonesIn(file, CITIZEN), tonesIn(file, AGENT)]
  assert.ok(citizenIn.left > 0.2 && citizenIn.right === 0, `the citizen is left: ${JSON.stringify(citizenIn)}`)
  assert.ok(agentIn.right > 0.2 && agentIn.left === 0, `the agent is right: ${JSON.stringify(agentIn)}`)
  assert.deepEqual([...agent.errors, ...caller.errors], [])

  // Review, dispatch, and the unit's handler reaches the citizen without seeing his number.
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await reviewer.api.get(`/api/orders/${order.id}`)
  await passReviewByClicks(world, reviewer.page, order)
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))
  await dispatchByClicks(world, reviewer.page, order, handler.person.unitName, '请核实处理，先与来电人联系。')
  await handlerCalls(world, handler, order)
  assert.deepEqual([...reviewer.errors, ...handler.errors], [])
}

async function orderOf(api: Api, title: string): Promise<{ id: string; number: string }> {
  const { items } = (await api.get('/api/orders?sort=registeredAt&limit=20')) as { items: { id: string; number: string; title: string }[] }
  const order = items.find((o) => o.title === title)
  assert.ok(order, `${title} is in the list`)
  return order
}

/** One click on the order: the platform rings the handler's mobile and the citizen's over a line, joins and records them (TEL-04). SIPp is the line. */
async function handlerCalls(world: World, handler: Awaited<ReturnType<typeof as>>, order: { id: string; number: string }): Promise<void> {
  if (!hasSipp) return console.log(`  ${sippMissing}：承办人员拨打未走`)
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  const user = (await admin.api.get(`/api/admin/users/${handler.person.id}`)) as { version: number }
  await admin.api.patch(`/api/admin/users/${handler.person.id}`, { version: user.version, mobile: '13700001234' })
  const port = await freePort()
  // The exchange asks a line how it is (OPTIONS); to SIPp each such question is a call.
  const line = startSipp({ scenario: called(), port, calls: 1000, timeoutS: 60, keys: { probe_port: '31998' }, args: ['-rtp_echo'] })
  await admin.api.post('/api/telephony/trunks', { name: '运营商线路', unitId: null, transport: 'udp', host: '127.0.0.1', port, codecs: ['PCMA'], channels: 10, reserved: 2, inbound: true, outbound: true, priority: 1, enabled: true, username: null, shownNumber: null })
  await admin.close()
  await handler.page.goto(`${world.staff}/orders/${order.number}?tab=calls`)
  const dial = handler.page.getByRole('button', { name: '拨打诉求人' })
  await until('the line is published', async () => {
    await dial.click()
    return (await handler.page.getByText(/正在呼叫 138/).first().waitFor({ timeout: 1500 }).then(() => true, () => false)) || undefined
  })
  // Both are on the line and nobody speaks: the shift leader ends it.
  const dialled = await until('the call answered', async () => ((await handler.api.get(`/api/orders/${order.id}/calls`)) as { items: { id: string; kind: string; answeredAt: string | null }[] }).items.find((one) => one.kind === 'dialled' && one.answeredAt))
  const leader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  await leader.api.post(`/api/telephony/calls/${dialled.id}/interventions`, { kind: 'forceOut', reason: '旅程结束' })
  await leader.close()
  await until('the call on the timeline', async () => ((await handler.api.get(`/api/orders/${order.id}/calls`)) as { items: { kind: string; answeredAt: string | null; endedAt: string | null }[] }).items.find((one) => one.kind === 'dialled' && one.answeredAt && one.endedAt))
  await handler.page.reload()
  await handler.page.getByText('已接通').or(handler.page.getByText(/电话联系诉求人/)).first().waitFor({ timeout: 5000 }).catch(() => undefined)
  await shoot(handler.page, 'j01-6-承办人员拨打')
  line.child.kill()
}
