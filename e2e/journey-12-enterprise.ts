// Journey 12: an enterprise registers on the portal, is verified, submits; the order carries the registered enterprise, its grade sets two hours, the unit is warned one hour before, and the enterprise follows to the end.
import { strict as assert } from 'node:assert'
import { as, citizen, shoot, type Api, type World } from './harness.ts'
import { picture } from './journey-14-citizen.ts'
import { signInByClicks, submitByClicks } from './portal-steps.ts'
import { city } from './roles.ts'
import { acceptResultByClicks, dispatchByClicks, handleOnPhone, leaderAcceptsOnPhone, passReviewByClicks } from './steps.ts'

const run = Math.floor(Math.random() * 9000) + 1000
const mobile = `1990039${run}`
const name = `澜川示范装备制造${run}有限公司`
const text = `装备园${run}片区多家企业反映出口退税资料反复补正，已有两周，资金周转困难，希望统一受理标准。`
const result = '已会同相关部门统一资料清单，当日受理完毕，并电话告知企业联系人。'

/** A unified credit code of 18 characters with its check digit (GB 32100). */
function creditCode(): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const head = `91990100MA${String(run).padStart(7, '0')}`
  const sum = [...head].reduce((total, c, i) => total + alphabet.indexOf(c) * (3 ** i % 31), 0)
  return head + alphabet[(31 - (sum % 31)) % 31]
}

type Clock = { kind: string; startedAt: string; dueAt: string }

export async function enterpriseOrder(world: World): Promise<void> {
  // Registering on the phone.
  const boss = await citizen(world)
  await boss.page.goto(`${world.public}/enterprise`)
  await signInByClicks(world, boss.page, mobile)
  await boss.page.getByRole('link', { name: '注册企业账号' }).click()
  await boss.page.getByLabel('统一社会信用代码').fill('91990100MA0000001X')
  await boss.page.getByLabel('企业名称').fill(name)
  await boss.page.getByLabel('您的姓名').fill('赵晓敏')
  await boss.page.getByLabel('行业').fill('装备制造')
  await boss.page.locator('input[type=file]').setInputFiles({ name: '营业执照.png', mimeType: 'image/png', buffer: picture() })
  await boss.page.getByText('已上传：营业执照.png').waitFor()
  await boss.page.getByRole('button', { name: '提交申请' }).click()
  await boss.page.getByText('统一社会信用代码不正确').first().waitFor()
  await boss.page.getByLabel('统一社会信用代码').fill(creditCode())
  await boss.page.getByRole('button', { name: '提交申请' }).click()
  await boss.page.getByText('正在核实').waitFor()
  await shoot(boss.page, 'j12-a-申请')

  // Verified and opened by staff.
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  await admin.page.goto(`${world.staff}/content/enterprises`)
  await admin.page.getByText(name).first().waitFor()
  await shoot(admin.page, 'j12-b-企业账号')
  await admin.page.getByText(name).first().click()
  await admin.page.getByRole('button', { name: /^开通/ }).click()
  await admin.page.getByLabel('原因').fill('执照与联系人已核对')
  await shoot(admin.page, 'j12-c-核实')
  await admin.page.getByRole('button', { name: /^开通/ }).last().click()
  await admin.page.getByText('待核实 → 激活').waitFor()
  await shoot(admin.page, 'j12-d-开通')

  // Submitting in its name.
  await boss.page.reload()
  await boss.page.getByRole('link', { name: '以企业名义提交诉求' }).click()
  const number = await submitByClicks(world, boss.page, { text, type: '求助', address: '装备产业园', extent: '同行业普遍存在' })

  // The order carries the enterprise of the registry and grade A.
  const agent = await as(world, (p) => p.role === 'agent' && city(p.tenantName))
  await agent.page.goto(`${world.staff}/desk/channels`)
  await agent.page.getByText(`装备园${run}片区`).first().click()
  await agent.page.getByRole('button', { name: /提取/ }).first().click()
  await agent.page.getByRole('button', { name: /释放/ }).first().waitFor()
  await shoot(agent.page, 'j12-e-受理')
  const order = await agent.api.get(`/api/orders/by-number/${number}`)
  assert.ok(order.enterprise.id, 'the enterprise stands in the registry')
  assert.deepEqual([order.enterprise.name, order.enterprise.grade], [name, 'A'])
  await agent.page.getByRole('button', { name: /^送审/ }).first().click()
  await agent.page.getByRole('button', { name: /^送审 ?Ctrl/ }).click()
  await agent.page.getByText(`${number} 已送审`).first().waitFor()
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await passReviewByClicks(world, reviewer.page, order)
  const fits = (role: string) => (p: { role: string; tenantName: string; unitName: string }) => p.role === role && city(p.tenantName) && p.unitName.includes('住房和城乡建设局')
  const unit = (await as(world, fits('handler'))).person.unitName
  await dispatchByClicks(world, reviewer.page, order, unit, '请按行业性问题两小时内响应。')
  const clocks = (await reviewer.api.get(`/api/orders/${order.id}`)).clocks as Clock[]
  const response = clocks.find((c) => c.kind === 'response')
  assert.ok(response, 'the response clock runs')
  assert.equal(Date.parse(response.dueAt) - Date.parse(response.startedAt), 2 * 3_600_000)

  // One hour before the limit the unit is warned.
  const warned = async (who: { api: Api }): Promise<boolean> => ((await who.api.get(`/api/orders/${order.id}/cards`)) as { cards: { colour: string; clockKind: string }[] }).cards.some((c) => c.colour === 'yellow' && c.clockKind === 'response')
  assert.equal(await warned(reviewer), false)
  await world.moveClock(1.02)
  // An hour later everybody's session is over.
  const late = await as(world, (p) => p.id === reviewer.person.id)
  for (let i = 0; i < 60 && !(await warned(late)); i++) await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal(await warned(late), true, 'a yellow card of the response clock')
  const handler = await as(world, fits('handler'), { phone: true })
  const told = (await handler.api.get('/api/messages?limit=20')) as { items: { title: string; text?: string }[] }
  assert.ok(told.items.some((m) => `${m.title}${m.text ?? ''}`.includes(number)), `the unit has a message: ${JSON.stringify(told.items.map((m) => m.title))}`)
  await handler.page.goto(`${world.staff}/m/orders/${number}`)
  await shoot(handler.page, 'j12-f-临期')

  // Handled, accepted, followed by the enterprise.
  await handleOnPhone(world, handler.page, number, { result, basis: '优化营商环境条例', photo: picture() })
  const leader = await as(world, fits('unitLeader'), { phone: true })
  await leaderAcceptsOnPhone(world, leader.page, number)
  await acceptResultByClicks(world, late.page, order, result)
  await boss.page.goto(`${world.public}/enterprise`)
  await boss.page.getByText(name).first().click()
  await boss.page.getByText('已办结').first().waitFor()
  await shoot(boss.page, 'j12-g-企业诉求')
  await boss.page.goto(`${world.public}/orders/${number}`)
  await boss.page.getByText('已会同相关部门统一资料清单').first().waitFor()
  await shoot(boss.page, 'j12-h-答复')
  assert.deepEqual([...boss.errors, ...admin.errors, ...agent.errors, ...reviewer.errors, ...late.errors, ...handler.errors, ...leader.errors], [])
}
