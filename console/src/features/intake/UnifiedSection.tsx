// The identity platform by which citizens may sign in (INT-03).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export function UnifiedSection(): ReactElement {
  const read = useQueryOf('getPublicIdentityProvider', {})
  const save = useCommand('savePublicIdentityProvider', { invalidates: ['getPublicIdentityProvider'] })
  const [open, setOpen] = useState(false)
  const held = read.data?.provider ?? null
  return (
    <Section title={t('unified')} extra={<><Tag tone={held?.enabled ? 'ok' : 'near'}>{held?.enabled ? t('ready') : t('notReady')}</Tag> <Button onClick={() => setOpen(true)}>{t('configure')}</Button></>}>
      <QueryView query={read}>{(data) => <Facts columns={2} items={[{ label: t('issuer'), value: data.provider?.issuer ?? t('none') }, { label: t('redirect'), value: t('redirectValue', { path: data.redirectPath }) }]} />}</QueryView>
      {open ? (
        <ActDrawer open onClose={() => setOpen(false)} title={t('configure')} sub={t('unified')} submitLabel={t('save')}
          schema={{ type: 'object', required: ['name', 'issuer', 'clientId'], properties: {
            enabled: { type: 'boolean', title: t('enabled') }, name: { type: 'string', title: t('providerName'), maxLength: 30 }, issuer: { type: 'string', title: t('issuer'), maxLength: 300 }, clientId: { type: 'string', title: t('clientId'), maxLength: 200 },
            secret: { type: 'string', title: t('clientSecret'), maxLength: 500, ...(held?.secretSet ? { description: t('keepSecret') } : {}) }, scopes: { type: 'string', title: t('scopes'), maxLength: 200 }, mobileClaim: { type: 'string', title: t('mobileClaim'), description: t('mobileClaimHelp'), maxLength: 60 }, nameClaim: { type: 'string', title: t('nameClaim'), maxLength: 60 },
          } }}
          initial={{ enabled: held?.enabled ?? false, name: held?.name, issuer: held?.issuer, clientId: held?.clientId, scopes: held?.scopes ?? 'openid profile phone', mobileClaim: held?.mobileClaim ?? 'phone_number', nameClaim: held?.nameClaim ?? 'name' }}
          submit={async (v) => {
            const text = (name: string): string => (typeof v[name] === 'string' ? v[name] : '')
            await save.mutateAsync({ name: text('name'), issuer: text('issuer'), clientId: text('clientId'), secret: text('secret'), scopes: text('scopes'), mobileClaim: text('mobileClaim'), nameClaim: text('nameClaim'), enabled: v.enabled === true, version: held?.version ?? 0 })
            say(t('saved'))
          }} />
      ) : null}
    </Section>
  )
}
