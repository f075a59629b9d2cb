// Conditions of order lists, by the names of the API; other pages with lists of orders use them too.
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import type { Filter, ListView } from '../../ui/list-types.ts'
import type { FilterValues } from '../../ui/list-state.ts'
import type { TreeLoader } from '../../ui/Pickers.tsx'
import { areaLoader, categoryLoader, matterLoader, unitLoader } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

const choice = (value: string, label: string) => ({ value, label })

const states = [
  choice('draft', '暂存'), choice('pendingReview', '待审核'), choice('pendingDispatch', '待派发'), choice('inProgress', '办理中'), choice('pendingResultReview', '待结果审核'), choice('pendingCallback', '待回访'),
  choice('closed', '已办结'), choice('archived', '已归档'), choice('withdrawn', '已撤单'), choice('merged', '已并单'),
]
const channels = [
  choice('phone', '电话'), choice('portal', '门户网站'), choice('officialAccount', '公众号'), choice('miniProgram', '小程序'), choice('app', 'APP'), choice('qr', '二维码'), choice('chat', '在线客服'), choice('letter', '来信'), choice('visit', '来访'),
  choice('unit', '单位自采'), choice('connector', '外部平台'), choice('import', '批量导入'),
]
const urgencies = [choice('normal', '普通'), choice('urgent', '紧急'), choice('major', '重大')]
const flags = [
  choice('urged', '催办'), choice('supervised', '督办'), choice('suspended', '挂起'), choice('disputed', '挂办'), choice('hard', '疑难'), choice('tracking', '跟踪'), choice('enterprise', '涉企'), choice('keyCase', '重点'), choice('firstCaller', '首次来电'),
  choice('unstable', '不稳定因素'), choice('emergency', '突发'), choice('redo', '重办'), choice('confidential', '保密'), choice('transferredDown', '已下派下级中心'), choice('upward', '已上报'),
]
const hours = [choice('4', '4 小时'), choice('24', '24 小时'), choice('48', '48 小时'), choice('72', '72 小时')]
const rounds = [choice('2', '第 2 轮起'), choice('3', '第 3 轮起')]
const triage = [choice('waiting', '待提取'), choice('picked', '已提取'), choice('mine', '我提取的'), choice('none', '已受理')]

/** A condition that comes by link from the requester's card; it is shown by name and taken off like the others. */
const requesterLoader: TreeLoader = {
  name: 'requester',
  search: async () => [],
  byIds: async (ids) => Promise.all(ids.map(async (id) => ({ id, name: (await call('getRequester', { id })).name }))),
}

/** A condition that comes by link from the live progress; shown by the centre's name. */
const tenantLoader: TreeLoader = {
  name: 'tenants',
  search: async (text) => (await call('orderProgress', {})).tenants.filter((one) => one.name.includes(text)).map((one) => ({ id: one.tenantId, name: one.name, leaf: true })),
  byIds: async (ids) => (await call('orderProgress', {})).tenants.filter((one) => ids.includes(one.tenantId)).map((one) => ({ id: one.tenantId, name: one.name })),
}

export function useOrderFilters(): Filter[] {
  const { can } = useSession()
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000, enabled: can('matters.read') })
  const appealTypes = (options.data?.appealTypes ?? []).map((one) => choice(one.id, one.name))
  return [
    { key: 'state', label: t('f.state'), kind: 'multi', options: states },
    { key: 'dueWithinHours', label: t('f.dueWithin'), kind: 'select', options: hours },
    { key: 'overdue', label: t('f.overdue'), kind: 'boolean' },
    { key: 'text', label: t('f.text'), kind: 'text' },
    { key: 'number', label: t('f.number'), kind: 'text' },
    { key: 'phone', label: t('f.phone'), kind: 'text' },
    { key: 'unitId', label: t('f.unit'), kind: 'pick', loader: unitLoader() },
    { key: 'areaCode', label: t('f.area'), kind: 'pick', loader: areaLoader },
    { key: 'matterId', label: t('f.matter'), kind: 'pick', loader: matterLoader() },
    { key: 'categoryId', label: t('f.category'), kind: 'pick', loader: categoryLoader('category') },
    { key: 'appealType', label: t('f.appealType'), kind: 'multi', options: appealTypes },
    { key: 'urgency', label: t('f.urgency'), kind: 'multi', options: urgencies },
    { key: 'emotion', label: t('f.emotion'), kind: 'select', options: [choice('negative', t('f.negative')), choice('positive', t('f.positive'))] },
    { key: 'channel', label: t('f.channel'), kind: 'multi', options: channels },
    { key: 'flags', label: t('f.flags'), kind: 'multi', options: flags },
    { key: 'round', label: t('f.round'), kind: 'select', options: rounds },
    { key: 'registered', label: t('f.registered'), kind: 'dates', instants: true },
    { key: 'closed', label: t('f.closed'), kind: 'dates', instants: true },
    { key: 'registeredBy', label: t('f.registeredBy'), kind: 'select', options: [choice('me', t('f.me'))] },
    { key: 'triage', label: t('f.triage'), kind: 'select', options: triage },
    { key: 'own', label: t('f.own'), kind: 'boolean' },
    { key: 'tenantId', label: t('f.tenant'), kind: 'pick', loader: tenantLoader },
    ...(can('orders.readConfidential') ? [{ key: 'confidential', label: t('f.confidential'), kind: 'boolean' } satisfies Filter] : []),
    ...(can('orders.requesterHistory') ? [{ key: 'requesterId', label: t('f.requester'), kind: 'pick', loader: requesterLoader } satisfies Filter] : []),
  ]
}

/** What waits for a person depends on the rights held; the first view is the start of the list. */
export function useOrderViews(): ListView[] {
  const { can } = useSession()
  const waiting = [...(can('orders.review') ? ['pendingReview'] : []), ...(can('orders.dispatch') ? ['pendingDispatch'] : []), ...(can('orders.reviewResult') ? ['pendingResultReview'] : []), ...(can(['orders.handle', 'orders.approve']) ? ['inProgress'] : [])]
  const mine: FilterValues | null = waiting.length > 0 ? { state: waiting, own: ['true'] } : can('orders.register') ? { state: ['draft'], registeredBy: ['me'] } : null
  return [
    ...(mine ? [{ id: 'mine', name: t('view.mine'), filter: mine, starred: true }] : []),
    { id: 'all', name: t('view.all'), filter: {}, sort: 'registeredAt' },
    { id: 'due48', name: t('view.due48'), filter: { dueWithinHours: ['48'], overdue: ['false'], own: ['true'] }, starred: true },
    { id: 'overdue', name: t('view.overdue'), filter: { overdue: ['true'], own: ['true'] }, starred: true },
    { id: 'redo', name: t('view.redo'), filter: { round: ['2'], state: ['inProgress', 'pendingResultReview', 'pendingCallback'], own: ['true'] } },
    { id: 'handling', name: t('view.handling'), filter: { state: ['inProgress'], own: ['true'] } },
  ]
}
