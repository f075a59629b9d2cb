// An order on its way to the callback, given by the people whose job it is: made over the API, for journeys that begin there.
import { as, type Api, type World } from './harness.ts'
import { city } from './roles.ts'

export type Accepted = { id: string; number: string; unitName: string }

/** Registered, handled by a unit and accepted; the requester's wish and telephone as given. */
export async function acceptedOrder(world: World, appeal: { title: string; phone: string; manner?: 'call' | 'sms'; name?: string }): Promise<Accepted> {
  const by = async (role: string) => as(world, (p) => p.role === role && city(p.tenantName))
  const [agent, reviewer, dispatcher, handler] = [await by('agent'), await by('reviewer'), await by('dispatcher'), await as(world, (p) => p.role === 'handler' && city(p.tenantName) && p.unitName.includes('住房和城乡建设局'))]
  const { unitId } = (await handler.api.get('/api/session')).user as { unitId: string }
  const areas = ((await agent.api.get('/api/areas')) as { items: { code: string }[] }).items
  const order = await agent.api.post('/api/orders', {
    requester: { name: appeal.name ?? '苗若溪', phone: appeal.phone }, appealType: 'help', title: appeal.title, content: `${appeal.title}，已持续三天，老人上下楼不便，请尽快检修。`, areaCode: areas[0]?.code, callbackManner: appeal.manner ?? 'call',
  })
  await reviewer.api.post(`/api/orders/${order.id}/pass-review`, {})
  const { assignments } = await dispatcher.api.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId, role: 'lead' }] })
  const assignment = assignments[0].id as string
  await handler.api.post(`/api/assignments/${assignment}/sign`)
  await report(world, handler.api, handler.person.unitName, assignment)
  await reviewer.api.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' })
  await Promise.all([agent, reviewer, dispatcher, handler].map((one) => one.close()))
  return { id: order.id, number: order.number, unitName: handler.person.unitName }
}

async function report(world: World, handler: Api, unitName: string, assignment: string): Promise<void> {
  await handler.post(`/api/assignments/${assignment}/feedback`, { result: '已现场检修并更换部件，恢复正常使用。', basis: '物业管理条例', contacted: 'yes', solved: 'yes', satisfied: 'yes' })
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === unitName)
  await leader.api.post(`/api/assignments/${assignment}/review`, { outcome: 'accept' }).catch(() => undefined) // a unit without a leader's review has reported already
  await leader.close()
}
