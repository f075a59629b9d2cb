// The three lists: what a unit has to do about a matter, what it may do, what it must not be given.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useSession } from '../../../app/session.tsx'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { matterLoader, unitLoader } from '../../orders/pickers.ts'
import { MatterHistory } from '../item/MatterHistory.tsx'
import { StandardTag, stateOptions } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type DutyLine = OutputOf<'listDutyLines'>['items'][number]
const kinds = ['responsibility', 'power', 'negative'] as const
const tones = { responsibility: 'primary', power: 'ok', negative: 'over' } as const
const loaders = { matter: matterLoader(), unit: unitLoader() }
const columns: Column<DutyLine>[] = [
  { key: 'kind', title: t('kind'), width: 100, render: (row) => <Tag tone={tones[row.kind]}>{row.kindName}</Tag> },
  { key: 'matter', title: t('matter'), width: 220, render: (row) => row.matterName, text: (row) => `${row.matterName} ${row.matterCode}` },
  { key: 'unit', title: t('unit'), width: 200, render: (row) => row.unitName },
  { key: 'text', title: t('text'), width: 320, wide: true, render: (row) => row.text },
  { key: 'state', title: t('state'), width: 130, render: (row) => <StandardTag state={row.state} name={row.stateName} pending={row.pendingChangeId !== null} /> },
  { key: 'updated', title: t('updated'), width: 130, render: (row) => <Time iso={row.updatedAt} /> },
]
const filters: Filter[] = [
  { key: 'kind', label: t('kind'), kind: 'multi', options: kinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) })) },
  { key: 'matterId', label: t('matter'), kind: 'pick', loader: loaders.matter }, { key: 'unitId', label: t('unit'), kind: 'pick', loader: loaders.unit }, { key: 'state', label: t('state'), kind: 'multi', options: stateOptions },
]
const place: FormSchema['properties'] = {
  kind: { type: 'string', title: t('kind'), oneOf: kinds.map((kind) => ({ const: kind, title: t(`kind_${kind}`) })) }, matterId: { type: 'string', title: t('matter'), format: 'matter' }, unitId: { type: 'string', title: t('unit'), format: 'unit' },
}
const rest: FormSchema['properties'] = {
  text: { type: 'string', format: 'textarea', title: t('text'), description: t('textHint'), maxLength: 2000 }, basis: { type: 'string', format: 'textarea', title: t('basis'), maxLength: 4000 },
  validFrom: { type: 'string', format: 'date', title: t('validFrom'), 'x-half': true }, validTo: { type: 'string', format: 'date', title: t('validTo'), 'x-half': true },
}
const clearable = ['basis', 'validFrom', 'validTo'] as const

export default function ListsPage(): ReactElement {
  const { can } = useSession()
  const send = useAct(...standardQueries)
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<DutyLine | null>(null)
  return (
    <Page fill title={t('title')} help="duties" acts={can('matters.edit') ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>{t('add')}</Button> : null}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <ListPage<DutyLine> embedded page="dutyLines" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={setShown} searchHint={t('search')} searchKey="query" topic="matters.standard" empty={{ text: t('empty') }}
          load={(query, signal) => { const { q, sort: _sort, ...conditions } = query; return call('listDutyLines', { ...conditions, ...(q ? { query: q } : {}) }, { signal }) }} />
      </div>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('newTitle')} loaders={loaders} submitLabel={shared('submit')} initial={{ kind: 'responsibility', asDraft: false }}
        schema={{ type: 'object', required: ['kind', 'matterId', 'unitId', 'text'], properties: { ...place, ...rest, asDraft: { type: 'boolean', title: t('asDraft') } } }}
        submit={async ({ asDraft, ...content }) => { const { changeId } = await send('createDutyLine', { ...cleared(content, clearable), submit: asDraft !== true }); say(changeId ? shared('submitted') : shared('saved')) }} />
      <Drawer open={shown !== null} onClose={() => setShown(null)} size={720} destroyOnHidden title={t('entry')}>{shown ? <Entry line={shown} onClose={() => setShown(null)} /> : null}</Drawer>
    </Page>
  )
}

function Entry({ line, onClose }: { line: DutyLine; onClose: () => void }): ReactElement {
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState(false)
  const acts = useStandardActs({ kind: 'dutyLine', id: line.id, title: `${line.matterName} × ${line.unitName}`, pendingChangeId: line.pendingChangeId, onEdit: () => setEditing(true), onGone: onClose })
  const { text, basis, validFrom, validTo } = line
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={tones[line.kind]}>{line.kindName}</Tag><strong>{line.matterName} × {line.unitName}</strong><StandardTag state={line.state} name={line.stateName} pending={line.pendingChangeId !== null} /></div>
      <ActBar acts={line.acts} known={acts.known} group={t('entry')} />
      <Facts items={[{ label: t('matter'), value: `${line.matterName}（${line.matterCode}）` }, { label: t('unit'), value: line.unitName }, { label: t('text'), value: <span className="ms-pre">{text}</span> }, { label: t('basis'), value: <span className="ms-pre">{basis ?? '–'}</span> }, { label: t('validFrom'), value: validFrom }, { label: t('validTo'), value: validTo }]} />
      <MatterHistory kind="dutyLine" id={line.id} />
      {acts.dialog}
      <ActDrawer open={editing} onClose={() => setEditing(false)} title={t('editTitle')} sub={line.matterName} initial={Object.fromEntries(Object.entries({ text, basis, validFrom, validTo }).filter(([, value]) => value !== null))} schema={{ type: 'object', required: ['text'], properties: rest }} submitLabel={line.state === 'effective' ? shared('submit') : shared('saveDraft')} onDone={onClose}
        submit={async (values) => { const { changeId } = await send('editDutyLine', { ...cleared(values, clearable), id: line.id, revision: line.revision, submit: false }); say(changeId ? shared('submitted') : shared('saved')) }} />
    </div>
  )
}
