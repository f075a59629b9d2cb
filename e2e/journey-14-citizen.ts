// Journey 14: submit with a photo on the phone, picked at the common desk, handled on the phone, followed and rated.
import { strict as assert } from 'node:assert'
import { deflateSync } from 'node:zlib'
import { as, citizen, shoot, type World } from './harness.ts'
import { submitByClicks } from './portal-steps.ts'
import { city } from './roles.ts'
import { acceptResultByClicks, dispatchByClicks, handleOnPhone, leaderAcceptsOnPhone, passReviewByClicks } from './steps.ts'

const mobile = `1990019${String(Math.floor(Math.random() * 9000) + 1000)}`
const result = '已更换三盏路灯灯头，当晚恢复照明，已电话告知诉求人。'
const text = '云帆路南口的路灯坏了三盏，已经一周，晚上老人走路看不清，希望尽快修好。'

/** A small real PNG: one grey picture of 64×48. */
export function picture(): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const crc = (data: Buffer): number => (data.reduce((c, b) => ((crcTable[(c ^ b) & 255] ?? 0) ^ (c >>> 8)) >>> 0, 0xffffffff) ^ 0xffffffff) >>> 0
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const body = Buffer.concat([Buffer.from(type), data])
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc(body))
    return Buffer.concat([head, body, tail])
  }
  const ihdr = Buffer.from([0, 0, 0, 64, 0, 0, 0, 48, 8, 0, 0, 0, 0])
  const rows = Buffer.concat(Array.from({ length: 48 }, (_, y) => Buffer.from([0, ...Array.from({ length: 64 }, (_, x) => (x * 3 + y * 2) & 255)])))
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', ihdr), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

export async function citizenOnThePhone(world: World): Promise<void> {
  const visitor = await citizen(world)
  await visitor.page.goto(`${world.public}/submit`)
  const number = await submitByClicks(world, visitor.page, { mobile, text, type: '求助', address: '云帆路南口', name: '王女士', photo: picture() }, 'j14')

  // The agent finds it in the common desk and takes it.
  const agent = await as(world, (p) => p.role === 'agent' && city(p.tenantName))
  await agent.page.goto(`${world.staff}/desk/channels`)
  await agent.page.getByText('云帆路南口').first().click()
  await agent.page.getByRole('button', { name: /提取/ }).first().click()
  await agent.page.getByRole('button', { name: /释放/ }).first().waitFor()
  await shoot(agent.page, 'j14-8-全媒体受理')
  const order = await agent.api.get(`/api/orders/by-number/${number}`)
  await agent.page.getByRole('button', { name: /^送审/ }).first().click()
  await agent.page.getByRole('button', { name: /^送审 ?Ctrl/ }).click()
  await agent.page.getByText(`${number} 已送审`).first().waitFor()

  // Review and dispatch to the lighting unit, each on its desk.
  const reviewer = await as(world, (p) => p.role === 'reviewer' && city(p.tenantName))
  await passReviewByClicks(world, reviewer.page, order)
  const handler = await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'), { phone: true })
  await dispatchByClicks(world, reviewer.page, order, handler.person.unitName, '请核实处理，修复后上传照片。', 'j14-9-派发台')
  assert.equal((await reviewer.api.get(`/api/orders/${order.id}`)).state, 'inProgress')

  // The unit does everything on the phone.
  await handleOnPhone(world, handler.page, number, { result, basis: '城市照明管理规定', photo: picture() }, 'j14-10-手机')
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === handler.person.unitName && city(p.tenantName), { phone: true })
  await leaderAcceptsOnPhone(world, leader.page, number, 'j14-12-手机审批')
  await acceptResultByClicks(world, reviewer.page, order, result, 'j14-13-结果审核')
  assert.deepEqual([...reviewer.errors, ...handler.errors, ...leader.errors], [])

  // The citizen sees the reply and rates.
  await visitor.page.goto(`${world.public}/orders/${number}`)
  await visitor.page.getByText('已办结').first().waitFor()
  await visitor.page.getByText('已更换三盏路灯灯头').first().waitFor()
  const page = await visitor.page.locator('body').innerText()
  assert.ok(!page.includes('请核实处理，修复后上传照片'), 'no internal opinion on the public page')
  await shoot(visitor.page, 'j14-14-市民查看')
  await visitor.page.getByRole('radio', { name: /^5 ?星|5/ }).first().check({ force: true })
  await visitor.page.getByText('解决了', { exact: true }).click()
  await visitor.page.getByText('满意', { exact: true }).click()
  await visitor.page.getByRole('button', { name: /^提交评价/ }).click()
  await visitor.page.getByText('您的评价', { exact: true }).first().waitFor()
  await shoot(visitor.page, 'j14-15-市民已评价')
  assert.equal((await reviewer.api.get(`/api/orders/${order.id}`)).state, 'archived', 'the rating takes the place of a callback')
  assert.deepEqual(visitor.errors, [])
}
