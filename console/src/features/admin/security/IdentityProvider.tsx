// The identity platform that staff may sign in by; configured in the uppermost tenant.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function IdentityProvider(): ReactElement | null {
  const found = useQueryOf('getIdentityProvider', {})
  const send = useAct('getIdentityProvider')
  const [editing, setEditing] = useState(false)
  // Only the uppermost tenant configures it: elsewhere the server refuses and nothing is shown.
  if (!found.data) return null
  const provider = found.data.provider
  return (
    <Section title={<span className="ms-row">{t('oidc')} <span className="ms-hint">{t('oidcHint')}</span></span>} extra={<Button size="small" onClick={() => setEditing(true)}>{t('oidcEdit')}</Button>}>
      {provider ? (
        <Facts items={[
          { label: t('oidcName'), value: <>{provider.name} <Tag tone={provider.enabled ? 'ok' : 'calm'}>{provider.enabled ? t('oidcOn') : t('oidcOff')}</Tag></> }, { label: t('oidcIssuer'), value: provider.issuer }, { label: t('oidcClaim'), value: `${provider.claim} → ${t(`oidc_${provider.matchedBy}`)}` },
          { label: t('oidcRedirect'), value: <span className="ms-code">{found.data.redirectPath}</span> }, { label: t('oidcChanged'), value: <>{provider.changedBy} <Time iso={provider.changedAt} /></> },
        ]} />
      ) : <span className="ms-muted">{t('oidcNone')}</span>}
      <ActDrawer key={provider?.version ?? 0} open={editing} onClose={() => setEditing(false)} title={t('oidcEdit')} submitLabel={t('oidcSave')} sub={`${t('oidcRedirect')}：${found.data.redirectPath}`}
        initial={provider ? { name: provider.name, issuer: provider.issuer, clientId: provider.clientId, scopes: provider.scopes, claim: provider.claim, matchedBy: provider.matchedBy, enabled: provider.enabled ? 'yes' : 'no' } : { scopes: 'openid profile', claim: 'preferred_username', matchedBy: 'login', enabled: 'no' }}
        schema={{
          type: 'object', required: ['name', 'issuer', 'clientId', 'claim', 'matchedBy', 'enabled'],
          properties: {
            name: { type: 'string', title: t('oidcName'), maxLength: 30 }, issuer: { type: 'string', title: t('oidcIssuer'), description: t('oidcIssuerHint') }, clientId: { type: 'string', title: t('oidcClient') }, secret: { type: 'string', format: 'password', title: t('oidcSecret'), description: provider?.secretSet ? t('oidcSecretKept') : undefined },
            scopes: { type: 'string', title: t('oidcScopes') }, claim: { type: 'string', title: t('oidcClaim'), 'x-half': true }, matchedBy: { type: 'string', title: t('oidcMatched'), 'x-half': true, oneOf: (['login', 'staffNo', 'mobile'] as const).map((one) => ({ const: one, title: t(`oidc_${one}`) })) },
            enabled: { type: 'string', title: t('oidcEnabled'), oneOf: [{ const: 'yes', title: t('oidcOn') }, { const: 'no', title: t('oidcOff') }] },
          },
        }}
        submit={async (values) => {
          await send('saveIdentityProvider', { ...values, enabled: values.enabled === 'yes', version: provider?.version ?? 0 })
          say(t('oidcSaved'))
        }} />
    </Section>
  )
}
