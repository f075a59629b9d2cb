// What an application may do through the API: applied for, approved by another person, narrowed, withdrawn.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import type { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Grant = OutputOf<'getApplication'>['grantItems'][number]
type Outcome = 'approve' | 'refuse' | 'narrow' | 'withdraw'
type Props = { applicationId: string; items: readonly Grant[]; scopes: readonly { code: string; name: string }[]; send: ReturnType<typeof useAct>; mayApprove: boolean }
const tones = { requested: 'near', approved: 'ok', refused: 'over', withdrawn: 'calm' } as const

export function GrantsSection({ applicationId, items, scopes, send, mayApprove }: Props): ReactElement {
  const [asking, setAsking] = useState(false)
  const [doing, setDoing] = useState<{ grant: Grant; outcome: Outcome } | null>(null)
  const scopeField = (offered: readonly { code: string; name: string }[]): FormSchema['properties'][string] => ({ type: 'array', title: t('scopes'), items: { type: 'string', oneOf: offered.map((one) => ({ const: one.code, title: one.name })) } })
  const reason: FormSchema['properties'][string] = { type: 'string', title: t('reason'), format: 'textarea', maxLength: 500 }
  const shrinks = doing?.outcome === 'approve' || doing?.outcome === 'narrow'
  return (
    <Section title={t('grants')} flush={items.length > 0} extra={<Button size="small" onClick={() => setAsking(true)}>{t('request')}</Button>}>
      {items.length === 0 ? <span className="ms-muted">{t('noGrants')}</span> : (
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('purpose')}</th><th scope="col">{t('scopes')}</th><th scope="col">{t('validTo')}</th><th scope="col">{t('state')}</th><th scope="col" /></tr></thead>
          <tbody>{items.map((one) => (
            <tr key={one.id}>
              <td>{one.purpose}<div className="ms-hint">{t('by', { who: one.requestedByName })} <Time iso={one.requestedAt} />{one.decidedByName ? <> · {t('decided', { who: one.decidedByName })} <Time iso={one.decidedAt} /></> : null}{one.reason ? ` · ${one.reason}` : ''}</div></td>
              <td>{one.scopeNames.join('、')}</td><td>{one.validTo}</td><td><Tag tone={one.expired ? 'calm' : tones[one.state]}>{one.expired && one.state === 'approved' ? t('expired') : t(one.state)}</Tag><div className="ms-hint">{t('tokens', { n: one.tokens })}</div></td>
              <td className="ms-num">{mayApprove && one.mayDecide ? (one.state === 'requested' ? (['approve', 'refuse'] as const) : (['narrow', 'withdraw'] as const)).map((outcome) => <Button key={outcome} size="small" type={outcome === 'approve' ? 'primary' : 'text'} onClick={() => setDoing({ grant: one, outcome })}>{t(outcome)}</Button>) : null}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <ActDrawer open={asking} onClose={() => setAsking(false)} title={t('request')} submitLabel={t('request')} schema={{ type: 'object', required: ['purpose', 'scopes', 'validTo'], properties: { purpose: { type: 'string', title: t('purpose'), format: 'textarea', maxLength: 500 }, scopes: scopeField(scopes), validTo: { type: 'string', title: t('validTo'), format: 'date' } } }}
        submit={async (values) => { await send('requestApplicationGrant', { ...values, id: applicationId }); say(t('asked')) }} />
      {doing ? (
        <ActDrawer open onClose={() => setDoing(null)} title={t(doing.outcome)} sub={doing.grant.purpose} submitLabel={t(doing.outcome)} initial={shrinks ? { scopes: doing.grant.scopes, validTo: doing.grant.validTo } : {}}
          schema={{ type: 'object', required: shrinks ? ['scopes', 'validTo'] : ['reason'], properties: shrinks ? { scopes: scopeField(doing.grant.scopes.map((code, at) => ({ code, name: doing.grant.scopeNames[at] ?? code }))), validTo: { type: 'string', title: t('validTo'), format: 'date' }, reason } : { reason } }}
          submit={async (values) => { await send('decideApplicationGrant', { ...values, id: doing.grant.id, outcome: doing.outcome }); say(t('done')) }} onDone={() => setDoing(null)} />
      ) : null}
    </Section>
  )
}
