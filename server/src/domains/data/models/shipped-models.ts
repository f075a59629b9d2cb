// Models to begin with; a person copies one and goes on from there.
import { definition, type ModelDefinition } from './model.ts'

type Shipped = { id: string; name: string; description: string; definition: ModelDefinition }
const of = (id: string, name: string, description: string, d: object): Shipped => ({ id, name, description, definition: definition.parse(d) })
const days = { field: 'registeredAt', kind: 'dateRange', name: '', mayBeEmpty: false, message: '请选择登记时间，起止至少填一个' }
const unit = { field: 'unit', kind: 'tree', name: '承办单位', placeholder: '全部单位' }

export const shippedModels: readonly Shipped[] = [
  of('orders', '工单', '一行一件工单', { base: 'order', controls: [days, { field: 'number', kind: 'text', name: '', placeholder: '工单号的一部分' }, unit, { field: 'state', kind: 'multiSelect', name: '' }], fields: ['number', 'title', 'appealType', 'category', 'street', 'unit', 'state', 'registeredAt', 'closedAt'], groups: ['unit'] }),
  of('returnedDissatisfied', '退单与回访', '退过单又被评不满意的工单，按承办单位', { base: 'order', where: { all: [{ field: 'requests.returnApproved', op: 'gte', value: 2 }, { field: 'callback.satisfied', op: 'in', value: ['no'] }] }, controls: [{ ...days, mayBeEmpty: true, message: '' }, unit], fields: ['number', 'title', 'unit', 'requests.returnApproved', 'requests.returnReason', 'callback.satisfied', 'callback.at'], groups: ['unit'], look: 'table' }),
  of('tasks', '办理任务', '一行一个单位的任务：派发、签收、反馈用时', { base: 'assignment', controls: [{ ...days, field: 'dispatchedAt', message: '请选择派发时间，起止至少填一个' }, unit], fields: ['number', 'title', 'unit', 'role', 'taskState', 'dispatchedAt', 'signedAt', 'doneAt'], groups: ['unit'], measures: [{ how: 'count' }, { how: 'avg', field: 'signSeconds' }, { how: 'avg', field: 'doneSeconds' }], look: 'table' }),
  of('callbacks', '回访结果', '一行一次回访', { base: 'callback', controls: [{ ...days, field: 'calledBackAt', message: '请选择回访时间，起止至少填一个' }, unit, { field: 'satisfied', kind: 'multiSelect', name: '' }], fields: ['number', 'title', 'unit', 'contacted', 'solved', 'satisfied', 'calledBackAt'], groups: ['unit', 'satisfied'], look: 'table' }),
  of('requests', '退单延时等申请', '一行一次申请', { base: 'request', controls: [{ ...days, field: 'askedAt', message: '请选择申请时间，起止至少填一个' }, { field: 'requestKind', kind: 'multiSelect', name: '' }, unit], fields: ['number', 'title', 'unit', 'requestKind', 'reasonClass', 'requestState', 'askedAt', 'decidedAt'], groups: ['requestKind', 'requestState'], look: 'table' }),
  of('calls', '通话', '一行一通电话', { base: 'call', controls: [{ ...days, field: 'startedAt', message: '请选择呼叫时间，起止至少填一个' }, { field: 'direction', kind: 'select', name: '' }], fields: ['phone', 'direction', 'queueName', 'agentName', 'endCause', 'startedAt', 'waitSeconds', 'talkSeconds'], groups: ['queue'], measures: [{ how: 'count' }, { how: 'avg', field: 'waitSeconds' }, { how: 'avg', field: 'talkSeconds' }], look: 'table' }),
]
