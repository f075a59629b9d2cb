// Appeal types with their rules: shipped ones and the tenant's own, sub-types below their type.
import { Button, Checkbox, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormErrors, FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { ListTable } from '../../../ui/ListTable.tsx'
import type { Column } from '../../../ui/list-types.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Page } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { ElementEditor, elementProblem, elementsOf } from '../item/ElementEditor.tsx'
import { MatterHistory } from '../item/MatterHistory.tsx'
import { Locked } from '../parts/Locked.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Type = OutputOf<'listAppealTypes'>['items'][number]
const mark = (on: boolean): ReactElement => <span aria-label={on ? shared('yes') : shared('no')}>{on ? t('ruleYes') : t('ruleNo')}</span>
const columns: Column<Type & { depth: number }>[] = [
  { key: 'name', title: t('name'), width: 200, render: (type) => <span style={{ paddingInlineStart: type.depth * 20 }}>{type.name}</span>, text: (type) => type.name },
  { key: 'code', title: t('code'), width: 150, render: (type) => <span className="ms-code">{type.code}</span> },
  { key: 'description', title: t('description'), width: 260, wide: true, render: (type) => type.description },
  { key: 'callback', title: t('callback'), width: 80, render: (type) => mark(type.rules.callback) },
  { key: 'anonymity', title: t('anonymity'), width: 90, render: (type) => mark(type.rules.anonymity) },
  { key: 'answerable', title: t('answerable'), width: 100, render: (type) => mark(type.rules.answerable) },
  { key: 'elements', title: t('elements'), width: 90, render: (type) => type.elements.length || null },
  { key: 'origin', title: t('origin'), width: 80, render: (type) => <Tag tone={type.origin === 'own' ? 'primary' : type.origin === 'upper' ? 'low' : 'plain'}>{t(`origin_${type.origin}`)}</Tag> },
  { key: 'state', title: t('typeState'), width: 140, render: (type) => <StandardTag state={type.state} name={type.stateName} pending={type.pendingChangeId !== null} /> },
]
const basics: FormSchema['properties'] = { name: { type: 'string', title: t('name'), maxLength: 100, 'x-half': true }, sort: { type: 'integer', title: t('sort'), 'x-half': true }, description: { type: 'string', title: t('description'), format: 'textarea', maxLength: 4000 } }
const rules: FormSchema['properties'] = { callback: { type: 'boolean', title: t('callback'), 'x-half': true }, anonymity: { type: 'boolean', title: t('anonymity'), 'x-half': true }, answerable: { type: 'boolean', title: t('answerable') } }
const noErrors: FormErrors = {}
const elementField = (form: ActFormHandle): ReactElement => <ElementEditor label={t('elements')} hint={t('elementsHint')} value={elementsOf(form.value.elements)} onChange={(next) => form.set({ elements: next })} error={form.errors.elements} />

export default function TypesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const all = search.get('all') === '1'
  const types = useQueryOf('listAppealTypes', { ...(all ? { all: 'true' } : {}) }, { keepPrevious: true })
  const send = useAct(...standardQueries)
  const [adding, setAdding] = useState(false)
  const items = types.data?.items ?? []
  const chosen = items.find((type) => type.id === search.get('type')) ?? null
  const set = (key: string, value: string | null) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set(key, value); else next.delete(key); return next })
  const edit = can('matters.edit')
  const below = (parent: string | null, depth: number): (Type & { depth: number })[] => items.filter((type) => (parent === null ? type.parentId === null || !items.some((one) => one.id === type.parentId) : type.parentId === parent)).flatMap((type) => [{ ...type, depth }, ...(depth < 5 ? below(type.id, depth + 1) : [])])
  useKeys(t('types'), [{ keys: 'c', label: t('newType'), run: () => setAdding(true), enabled: edit }])
  const parents = items.filter((type) => type.state === 'effective').map((type) => ({ const: type.id, title: type.name }))
  return (
    <Page fill title={t('types')} help="types" state={<Checkbox checked={all} onChange={(e) => set('all', e.target.checked ? '1' : null)}>{t('showAll')}</Checkbox>} acts={edit ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>{t('newType')}<kbd className="ms-kbd">c</kbd></Button> : null}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <QueryView query={types}>{() => (items.length ? <ListTable columns={columns} rows={below(null, 0)} rowKey={(type) => type.id} caption={t('types')} density="standard" onOpen={(type) => set('type', type.id)} /> : <Empty kind="done" text={t('typeEmpty')} />)}</QueryView>
      </div>
      <Drawer open={chosen !== null} onClose={() => set('type', null)} size={720} destroyOnHidden title={chosen?.name}>{chosen ? <TypeView key={chosen.id} type={chosen} onGone={() => set('type', null)} /> : null}</Drawer>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('newType')} submitLabel={shared('submit')} initial={{ sort: 0, callback: true, anonymity: true, answerable: false, elements: [] }}
        schema={{ type: 'object', required: ['code', 'name'], properties: { code: { type: 'string', title: t('code'), maxLength: 50, 'x-half': true }, parentId: { type: 'string', title: t('parentType'), 'x-buttons': false, oneOf: parents, 'x-half': true }, ...basics, ...rules } }}
        own={{ names: ['elements'], render: elementField }}
        check={(value) => { const problem = elementProblem(elementsOf(value.elements)); return problem ? { elements: problem } : noErrors }}
        submit={async ({ callback, anonymity, answerable, elements, ...values }) => {
          const { changeId } = await send('createAppealType', { ...cleared(values, ['parentId', 'description']), rules: { callback: callback === true, anonymity: anonymity === true, answerable: answerable === true }, elements: elementsOf(elements), submit: true })
          say(changeId ? shared('submitted') : shared('saved'))
          set('all', '1')
        }} />
    </Page>
  )
}

function TypeView({ type, onGone }: { type: Type; onGone: () => void }): ReactElement {
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState(false)
  const acts = useStandardActs({ kind: 'appealType', id: type.id, title: type.name, pendingChangeId: type.pendingChangeId, onEdit: () => setEditing(true), onGone })
  const locked = type.state === 'effective' || type.version > 0
  return (
    <div className="ms-stack">
      <div className="ms-row"><StandardTag state={type.state} name={type.stateName} pending={type.pendingChangeId !== null} /><Tag>{t(`origin_${type.origin}`)}</Tag>{type.origin === 'shipped' ? <span className="ms-hint">{t('shippedHint')}</span> : null}</div>
      <ActBar acts={type.acts} known={acts.known} group={t('types')} />
      <Facts items={[
        { label: t('code'), value: <span className="ms-code">{type.code}</span> }, { label: t('description'), value: type.description }, { label: t('callback'), value: type.rules.callback ? shared('yes') : shared('no') }, { label: t('anonymity'), value: type.rules.anonymity ? shared('yes') : shared('no') },
        { label: t('answerable'), value: type.rules.answerable ? shared('yes') : shared('no') }, { label: t('elements'), value: type.elements.map((element) => element.name).join('、') }, { label: t('sort'), value: type.sort },
      ]} />
      <MatterHistory kind="appealType" id={type.id} />
      {acts.dialog}
      <ActDrawer open={editing} onClose={() => setEditing(false)} title={t('editType')} sub={type.name} submitLabel={locked ? shared('submit') : shared('saveDraft')}
        initial={{ name: type.name, sort: type.sort, ...(type.description ? { description: type.description } : {}), ...(locked ? {} : { ...type.rules, elements: type.elements }) }}
        schema={{ type: 'object', required: ['name'], properties: { ...basics, ...(locked ? { reason: { type: 'string' as const, title: shared('reason'), description: shared('reasonHint'), format: 'textarea' as const, maxLength: 1000 } } : rules) } }}
        own={{ names: ['elements'], render: (form) => (locked ? <><Locked label={t('code')} value={type.code} /><div className="ms-hint">{t('typeLocked')}</div></> : elementField(form)) }}
        submit={async ({ callback, anonymity, answerable, elements, ...values }) => {
          const { changeId } = await send('editAppealType', { ...cleared(values, ['description']), ...(locked ? {} : { rules: { callback: callback === true, anonymity: anonymity === true, answerable: answerable === true }, elements: elementsOf(elements) }), id: type.id, revision: type.revision, submit: false })
          say(changeId ? shared('submitted') : shared('saved'))
        }} />
    </div>
  )
}
