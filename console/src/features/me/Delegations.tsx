// Letting a colleague hold one of the own roles for some days, and what others let one hold.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { userLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listMyDelegations'>['given'][number] & { given: boolean }
const tones = { planned: 'primary', inForce: 'ok', over: 'calm', ended: 'calm' } as const

export function Delegations(): ReactElement {
  const { user } = useSession()
  const mine = useQueryOf('listMyDelegations', {})
  const give = useCommand('delegateRole', { invalidates: ['listMyDelegations'] })
  const end = useCommand('endDelegation', { invalidates: ['listMyDelegations'] })
  const [open, setOpen] = useState(false)
  const colleagues = useMemo(() => userLoader({ unitId: user.unitId }), [user.unitId])
  const stop = async (row: Row) => {
    if (!(await confirm({ title: t('endDelegation', { name: row.otherName, role: row.roleName }), text: t('endDelegationText'), verb: t('takeBack'), danger: true }))) return
    try {
      await end.mutateAsync({ id: row.id })
      say(t('takenBack'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const columns: Column<Row>[] = [
    { key: 'way', title: t('delegationWay'), width: 90, render: (row) => (row.given ? t('delegationGiven') : t('delegationReceived')) },
    { key: 'other', title: t('delegationOther'), width: 120, render: (row) => row.otherName },
    { key: 'role', title: t('roles'), width: 140, render: (row) => row.roleName },
    { key: 'period', title: t('delegationPeriod'), width: 210, render: (row) => `${row.validFrom} — ${row.validTo}` },
    { key: 'reason', title: t('delegationReason'), width: 200, wide: true, render: (row) => row.reason },
    { key: 'state', title: t('delegationState'), width: 90, render: (row) => <Tag tone={tones[row.state]}>{t(`delegation_${row.state}`)}</Tag> },
    { key: 'end', title: '', width: 80, render: (row) => (row.given && (row.state === 'inForce' || row.state === 'planned') ? <Button size="small" onClick={() => void stop(row)}>{t('takeBack')}</Button> : ' ') },
  ]
  return (
    <QueryView query={mine}>
      {(data) => {
        const rows = [...data.given.map((row) => ({ ...row, given: true })), ...data.received.map((row) => ({ ...row, given: false }))]
        return (
          <Section title={t('delegations')} flush={rows.length > 0} extra={data.roles.length > 0 ? <Button size="small" onClick={() => setOpen(true)}>{t('delegate')}</Button> : null}>
            {rows.length > 0 ? <ListTable columns={columns} rows={rows} rowKey={(row) => row.id} caption={t('delegations')} density="standard" /> : <span className="ms-muted">{data.roles.length > 0 ? t('noDelegations') : t('noDelegable')}</span>}
            <ActDrawer open={open} onClose={() => setOpen(false)} title={t('delegate')} submitLabel={t('delegate')} loaders={{ user: colleagues }} initial={data.roles.length === 1 ? { roleId: data.roles[0]?.id } : {}}
              schema={{
                type: 'object', required: ['roleId', 'toUserId', 'validFrom', 'validTo', 'reason'],
                properties: {
                  roleId: { type: 'string', title: t('roles'), oneOf: data.roles.map((role) => ({ const: role.id, title: role.name })) },
                  toUserId: { type: 'string', title: t('delegationTo'), description: t('delegationToHint'), format: 'user' },
                  validFrom: { type: 'string', title: t('delegationFrom'), format: 'date', 'x-half': true }, validTo: { type: 'string', title: t('delegationUntil'), description: t('delegationMax', { n: data.maxDays }), format: 'date', 'x-half': true },
                  reason: { type: 'string', title: t('delegationReason'), format: 'textarea', maxLength: 200 },
                },
              }}
              submit={async (values) => {
                const of = (name: string): string => String(values[name] ?? '')
                await give.mutateAsync({ roleId: of('roleId'), toUserId: of('toUserId'), validFrom: of('validFrom'), validTo: of('validTo'), reason: of('reason') })
                say(t('delegated'))
              }} />
          </Section>
        )
      }}
    </QueryView>
  )
}
