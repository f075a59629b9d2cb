// A line of the duty list: shown with its acts and history, edited, or begun from a cell of the matrix.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormErrors, FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Facts } from '../../../ui/Page.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { areaLoader, matterLoader, unitLoader } from '../../orders/pickers.ts'
import { MatterHistory } from '../item/MatterHistory.tsx'
import { Locked } from '../parts/Locked.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'

const loaders = { unit: unitLoader(), matter: matterLoader(), area: areaLoader }
const place: FormSchema['properties'] = {
  matterId: { type: 'string', title: t('matter'), format: 'matter' },
  unitId: { type: 'string', title: t('unit'), format: 'unit', 'x-half': true },
  areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true },
  role: { type: 'string', title: t('role'), oneOf: [{ const: 'lead', title: shared('role_lead') }, { const: 'assist', title: shared('role_assist') }, { const: 'negative', title: shared('role_negative') }] },
}
const rest: FormSchema['properties'] = {
  boundary: { type: 'string', title: t('boundary'), description: t('boundaryHint'), format: 'textarea', maxLength: 4000 },
  implementationCode: { type: 'string', title: t('implementationCode'), maxLength: 100, 'x-half': true },
  implementationName: { type: 'string', title: t('implementationName'), maxLength: 200, 'x-half': true },
  matterType: { type: 'string', title: t('matterType'), maxLength: 100, 'x-half': true },
  implementationType: { type: 'string', title: t('implementationType'), maxLength: 100, 'x-half': true },
  validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true },
  validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
}
const asDraft: FormSchema['properties'] = { asDraft: { type: 'boolean', title: t('asDraft'), description: t('asDraftHint') } }
const reason: FormSchema['properties'] = { reason: { type: 'string', title: shared('reason'), description: shared('reasonHint'), format: 'textarea', maxLength: 1000 } }
const clearable = ['boundary', 'implementationCode', 'implementationName', 'matterType', 'implementationType', 'validFrom', 'validTo'] as const

const checkBoundary = (value: FormValue): FormErrors => (value.role === 'negative' && !value.boundary ? { boundary: t('boundaryHint') } : {})

export type NewDuty = { matterId?: string; unitId?: string; areaCode?: string }

export function NewDutyDrawer({ prefill, onClose }: { prefill: NewDuty | null; onClose: () => void }): ReactElement {
  const send = useAct(...standardQueries)
  return (
    <ActDrawer open={prefill !== null} onClose={onClose} title={t('newTitle')} schema={{ type: 'object', properties: { ...place, ...rest, ...asDraft }, required: ['matterId', 'unitId', 'areaCode', 'role'] }} loaders={loaders} submitLabel={shared('submit')}
      initial={{ role: 'lead', asDraft: false, ...prefill }} check={checkBoundary}
      submit={async (values) => {
        const { asDraft: kept, ...content } = values
        const { changeId } = await send('createDutyEntry', { ...cleared(content, clearable), submit: kept !== true })
        say(changeId ? shared('submitted') : shared('saved'))
      }} />
  )
}

export function DutyDrawer({ id, onClose }: { id: string | null; onClose: () => void }): ReactElement {
  return <Drawer open={id !== null} onClose={onClose} size={720} destroyOnHidden title={t('entry')}>{id ? <Entry id={id} onClose={onClose} /> : null}</Drawer>
}

function Entry({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const entry = useQueryOf('getDutyEntry', { id })
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState(false)
  const data = entry.data
  const acts = useStandardActs({ kind: 'dutyEntry', id, title: data ? `${data.matterName} × ${data.unitName}` : '', pendingChangeId: data?.pendingChangeId ?? null, onEdit: () => setEditing(true), onGone: onClose })
  return (
    <QueryView query={entry}>
      {(duty) => {
        const locked = duty.version > 0
        const initial: FormValue = Object.fromEntries(Object.entries({
          matterId: duty.matterId, unitId: duty.unitId, areaCode: duty.areaCode, role: duty.role, boundary: duty.boundary, implementationCode: duty.implementationCode, implementationName: duty.implementationName,
          matterType: duty.matterType, implementationType: duty.implementationType, validFrom: duty.validFrom, validTo: duty.validTo,
        }).filter(([name, value]) => value !== null && !(locked && name in place)))
        return (
          <div className="ms-stack">
            <div className="ms-row"><strong>{duty.matterName} × {duty.unitName}</strong><StandardTag state={duty.state} name={duty.stateName} pending={duty.pendingChangeId !== null} />{duty.version ? <span className="ms-hint">{shared('versionN', { n: duty.version })}</span> : null}</div>
            <ActBar acts={duty.acts} known={acts.known} group={t('entry')} />
            <Facts items={[
              { label: t('matter'), value: `${duty.matterName}（${duty.matterCode}）` }, { label: t('unit'), value: duty.unitName }, { label: t('role'), value: duty.roleName }, { label: t('area'), value: `${duty.areaName}（${duty.areaCode}）` }, { label: t('boundary'), value: duty.boundary },
              { label: t('implementationCode'), value: duty.implementationCode }, { label: t('implementationName'), value: duty.implementationName }, { label: t('matterType'), value: duty.matterType }, { label: t('implementationType'), value: duty.implementationType },
              { label: t('validFrom'), value: duty.validFrom }, { label: t('validTo'), value: duty.validTo },
            ]} />
            <MatterHistory kind="dutyEntry" id={id} />
            {acts.dialog}
            <ActDrawer open={editing} onClose={() => setEditing(false)} title={t('editTitle')} sub={duty.matterName} loaders={loaders} initial={initial} submitLabel={duty.state === 'effective' ? shared('submit') : shared('saveDraft')}
              schema={{ type: 'object', properties: { ...(locked ? {} : place), ...rest, ...(duty.state === 'effective' ? reason : {}) }, required: locked ? [] : ['matterId', 'unitId', 'areaCode', 'role'] }}
              own={locked ? { names: [], render: () => <><div className="ms-form-line"><Locked label={t('matter')} value={duty.matterName} /><Locked label={t('unit')} value={duty.unitName} /></div><div className="ms-form-line"><Locked label={t('area')} value={duty.areaName} /><Locked label={t('role')} value={duty.roleName} /></div></> } : undefined}
              submit={async (values) => {
                const { changeId } = await send('editDutyEntry', { ...cleared(values, clearable), id, revision: duty.revision, submit: false })
                say(changeId ? shared('submitted') : shared('saved'))
              }} />
          </div>
        )
      }}
    </QueryView>
  )
}
