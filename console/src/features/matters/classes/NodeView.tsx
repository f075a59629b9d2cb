// One class of a scheme: facts, acts, its form, what stands below it, its history.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Section } from '../../../ui/Page.tsx'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { unitLoader } from '../../orders/pickers.ts'
import { MatterHistory } from '../item/MatterHistory.tsx'
import { Locked } from '../parts/Locked.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'

const units = unitLoader()
export const nodeProperties: FormSchema['properties'] = {
  code: { type: 'string', title: t('code'), maxLength: 50, 'x-half': true }, name: { type: 'string', title: t('name'), maxLength: 100, 'x-half': true },
  parentId: { type: 'string', title: t('parent'), format: 'matter', 'x-half': true }, sort: { type: 'integer', title: t('sort'), 'x-half': true },
  examples: { type: 'string', title: t('examples'), format: 'textarea', maxLength: 4000 },
  externalCode: { type: 'string', title: t('externalCode'), maxLength: 50, 'x-half': true }, ownerUnitId: { type: 'string', title: t('owner'), format: 'unit', 'x-half': true },
  validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true }, validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
}
export const nodeClearable = ['parentId', 'examples', 'externalCode', 'ownerUnitId', 'validFrom', 'validTo'] as const

type Props = { id: string; parents: TreeLoader; children: { id: string; name: string; code?: string }[]; onOpen: (id: string | null) => void }

export function NodeView({ id, parents, children, onOpen }: Props): ReactElement {
  const node = useQueryOf('getSchemeNode', { id })
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState(false)
  const acts = useStandardActs({ kind: 'schemeNode', id, title: node.data?.name ?? '', pendingChangeId: node.data?.pendingChangeId ?? null, onEdit: () => setEditing(true), onGone: () => onOpen(null) })
  return (
    <QueryView query={node}>
      {(data) => {
        const locked = data.version > 0
        const { code: _code, parentId: _parent, ...free } = nodeProperties
        const initial = Object.fromEntries(Object.entries({ code: data.code, name: data.name, parentId: data.parentId, sort: data.sort, examples: data.examples, externalCode: data.externalCode, ownerUnitId: data.ownerUnitId, validFrom: data.validFrom, validTo: data.validTo }).filter(([name, value]) => value !== null && !(locked && (name === 'code' || name === 'parentId'))))
        return (
          <>
            <Section title={<span className="ms-row">{data.name} <span className="ms-code ms-muted">{data.code}</span><StandardTag state={data.state} name={data.stateName} pending={data.pendingChangeId !== null} />{data.origin === 'upper' ? <Tag tone="low" icon="lock">{shared('upper')}</Tag> : null}</span>} extra={<ActBar acts={data.acts} known={acts.known} group={t('nodes')} max={3} />}>
              <Facts columns={2} items={[
                { label: t('path'), value: data.pathNames.join(' / ') }, { label: t('sort'), value: data.sort }, { label: t('examples'), value: <span className="ms-pre">{data.examples ?? '–'}</span> }, { label: t('externalCode'), value: data.externalCode },
                { label: t('owner'), value: data.ownerUnitName }, { label: t('validFrom'), value: data.validFrom || data.validTo ? `${data.validFrom ?? '…'} — ${data.validTo ?? '…'}` : null },
              ]} />
            </Section>
            {children.length ? <Section title={`${t('below')} ${children.length}`}><div className="ms-row">{children.map((child) => <button key={child.id} type="button" className="ms-link-button" onClick={() => onOpen(child.id)}>{child.name}</button>)}</div></Section> : null}
            <MatterHistory kind="schemeNode" id={id} />
            {acts.dialog}
            <ActDrawer open={editing} onClose={() => setEditing(false)} title={t('editNode')} sub={data.name} initial={initial} loaders={{ matter: parents, unit: units }} submitLabel={data.state === 'effective' ? shared('submit') : shared('saveDraft')}
              schema={{ type: 'object', required: ['name', ...(locked ? [] : ['code'])], properties: { ...(locked ? free : nodeProperties), ...(data.state === 'effective' ? { reason: { type: 'string' as const, title: shared('reason'), description: shared('reasonHint'), format: 'textarea' as const, maxLength: 1000 } } : {}) } }}
              own={locked ? { names: [], render: () => <div className="ms-form-line"><Locked label={t('code')} value={data.code} /><Locked label={t('parent')} value={data.pathNames.slice(0, -1).join(' / ') || t('root')} /></div> } : undefined}
              submit={async (values) => {
                const { changeId } = await send('editSchemeNode', { ...cleared(values, nodeClearable.filter((name) => !(locked && name === 'parentId'))), id, revision: data.revision, submit: false })
                say(changeId ? shared('submitted') : shared('saved'))
              }} />
          </>
        )
      }}
    </QueryView>
  )
}
