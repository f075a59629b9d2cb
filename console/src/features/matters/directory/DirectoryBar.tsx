// The chosen directory over its matters: state, acts, its form; new directories begin here too.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { ElementEditor, elementsOf } from '../item/ElementEditor.tsx'
import { Locked } from '../parts/Locked.tsx'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const properties: FormSchema['properties'] = {
  code: { type: 'string', title: t('dirCode'), description: t('codeHint'), maxLength: 50, 'x-half': true },
  name: { type: 'string', title: t('dirName'), maxLength: 100, 'x-half': true },
  parentId: { type: 'string', title: t('parent'), format: 'matter', 'x-half': true },
  sort: { type: 'integer', title: t('sort'), 'x-half': true },
  description: { type: 'string', title: t('description'), format: 'textarea', maxLength: 4000 },
}
const reason: FormSchema['properties'] = { reason: { type: 'string', title: shared('reason'), description: shared('reasonHint'), format: 'textarea', maxLength: 1000 } }

export function DirectoryBar({ id, loader }: { id: string | null; loader: TreeLoader }): ReactElement | null {
  const { can } = useSession()
  const [, setSearch] = useSearchParams()
  const directory = useQueryOf('getMatterDirectory', { id: id ?? '' }, { enabled: id !== null })
  const send = useAct(...standardQueries)
  const [open, setOpen] = useState<'edit' | 'new' | null>(null)
  const data = id === null ? undefined : directory.data
  const acts = useStandardActs({ kind: 'directory', id: data?.id ?? '', title: data?.name ?? '', pendingChangeId: data?.pendingChangeId ?? null, onEdit: () => setOpen('edit'), onGone: () => setSearch({}) })
  const edit = can('matters.edit')
  const locked = data !== undefined && data.version > 0
  const { code: codeField, parentId: parentField, ...free } = properties
  const elements = (form: ActFormHandle) => (
    <>
      {open === 'edit' && locked && data ? <div className="ms-form-line"><Locked label={t('dirCode')} value={data.code} /><Locked label={t('parent')} value={data.path.length > 1 ? data.path.slice(0, -1).map((step) => step.name).join(' / ') : t('root')} /></div> : null}
      <ElementEditor label={t('elements')} hint={t('elementsHint')} value={elementsOf(form.value.elements)} onChange={(next) => form.set({ elements: next })} error={form.errors.elements} />
    </>
  )
  const drop = (value: FormValue) => cleared(value, ['description', ...(locked && open === 'edit' ? [] : ['parentId'])])
  return (
    <div className="ms-dirbar">
      <strong>{data ? data.path.map((step) => step.name).join(' / ') : t('all')}</strong>
      {data ? <><span className="ms-code ms-muted">{data.code}</span><StandardTag state={data.state} name={data.stateName} pending={data.pendingChangeId !== null} />{data.elements.length ? <span className="ms-hint">{t('elementsN', { n: data.elements.length })}</span> : null}{data.origin === 'upper' ? <span className="ms-hint" title={shared('upperHint')}>{shared('upper')}</span> : null}</> : null}
      <span className="ms-grow" />
      {data ? <ActBar acts={data.acts} known={acts.known} max={3} group={t('directory')} /> : null}
      {edit ? <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setOpen('new')}>{data ? t('newBelow') : t('newDirectory')}</Button> : null}
      {acts.dialog}
      <ActDrawer open={open === 'edit' && data !== undefined} onClose={() => setOpen(null)} title={t('editDirectory')} sub={data?.name ?? ''} loaders={{ matter: loader }} submitLabel={data?.state === 'effective' ? shared('submit') : shared('saveDraft')}
        schema={{ type: 'object', required: ['name', ...(locked ? [] : ['code'])], properties: { ...(locked || !codeField || !parentField ? free : { code: codeField, ...free, parentId: parentField }), ...(data?.state === 'effective' ? reason : {}) } }}
        initial={data ? Object.fromEntries(Object.entries({ code: data.code, name: data.name, parentId: data.parentId, sort: data.sort, description: data.description, elements: data.elements }).filter(([, value]) => value !== null)) : {}}
        own={{ names: ['elements'], render: elements }}
        submit={async (values) => {
          const { elements: _elements, ...rest } = drop(values)
          const { changeId } = await send('editMatterDirectory', { ...rest, ...(locked ? {} : { code: values.code }), elements: elementsOf(values.elements), id: data?.id, revision: data?.revision, submit: false })
          say(changeId ? shared('submitted') : shared('saved'))
        }} />
      <ActDrawer open={open === 'new'} onClose={() => setOpen(null)} title={data ? t('newBelow') : t('newDirectory')} schema={{ type: 'object', properties, required: ['code', 'name'] }} initial={{ sort: 0, ...(data ? { parentId: data.id } : {}) }} loaders={{ matter: loader }} submitLabel={shared('submit')}
        submit={async (values) => {
          const made = await send('createMatterDirectory', { ...cleared(values, ['parentId', 'description']), submit: true })
          say(made.changeId ? shared('submitted') : shared('saved'))
          setSearch({ directoryId: made.id })
        }} />
    </div>
  )
}
