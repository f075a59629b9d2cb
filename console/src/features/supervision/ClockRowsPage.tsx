// The clocks behind a figure.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Filter } from '../../ui/ListPage.tsx'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import { areaLoader, categoryLoader, unitLoader } from '../orders/pickers.ts'
import { b } from './board-words.zh-CN.ts'
import { clockColumns } from './clock-columns.tsx'
import { kindOptions } from './lists.ts'
import { reads } from '../../ui/reads.ts'
import type { ClockRow } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import { useSupervise } from './use-supervise.tsx'

const load = reads<ClockRow>('/api/supervision/clocks/rows')
const colours = ['green', 'yellow', 'red', 'paused', 'ended'] as const
const names = { green: t('inTime'), yellow: t('near'), red: t('overdue'), paused: t('colour.paused'), ended: t('colour.ended') }
const levels = w('levelNames').split('、')
const states = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback'] as const

export default function ClockRowsPage(): ReactElement {
  const filters = useMemo((): Filter[] => [
    { key: 'colour', label: t('col.state'), kind: 'multi', options: colours.map((value) => ({ value, label: names[value] })) },
    { key: 'kind', label: t('col.clock'), kind: 'multi', options: kindOptions },
    { key: 'orderState', label: t('col.orderState'), kind: 'multi', options: states.map((value) => ({ value, label: kit(`state.${value}`) })) },
    { key: 'urgency', label: w('by.urgency'), kind: 'select', options: (['normal', 'urgent', 'major'] as const).map((value) => ({ value, label: w(value) })) },
    { key: 'level', label: w('by.level'), kind: 'select', options: levels.map((label, value) => ({ value: String(value), label })) },
    { key: 'late', label: w('r.overdue'), kind: 'boolean' }, { key: 'met', label: w('r.closed'), kind: 'boolean' },
    { key: 'due', label: t('col.due'), kind: 'dates', keys: ['dueFrom', 'dueTo'] },
    { key: 'industryId', label: w('by.industry'), kind: 'pick', loader: categoryLoader('industry') }, { key: 'categoryId', label: w('by.category'), kind: 'pick', loader: categoryLoader('category') },
    { key: 'areaCode', label: b('area'), kind: 'pick', loader: areaLoader }, { key: 'areaOnly', label: b('other'), kind: 'boolean' }, { key: 'redone', label: b('redone'), kind: 'boolean' }, { key: 'reported', label: b('reported'), kind: 'boolean' },
    { key: 'nearest', label: t('filter.nearest'), kind: 'boolean' },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
    { key: 'ownUnitId', label: t('filter.ownUnit'), kind: 'pick', loader: unitLoader() },
  ], [])
  const supervise = useSupervise<ClockRow>((row) => ({ id: row.orderId, number: row.number, title: row.title }))
  return <>{supervise.drawer}<ListPage<ClockRow> bulkActs={supervise.bulkActs} page="supervisionClocks" exportable noSearch title={t('clockRows')} columns={clockColumns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: t('none.clocks') }} /></>
}
