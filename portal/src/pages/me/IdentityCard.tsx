// Other ways into this account: what is bound, and unbinding it (INT-04).
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { usePortal } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Rows } from '../../kit/Blocks.tsx'
import { say, Sheet } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

export function IdentityCard(): ReactElement | null {
  const { settings } = usePortal()
  const held = useQueryOf('listOwnIdentities', {}).data?.items ?? []
  const [asked, setAsked] = useState<(typeof held)[number] | null>(null)
  const drop = useCommand('dropOwnIdentity', { invalidates: ['listOwnIdentities'] })
  if (held.length === 0 && (settings?.wechat.length ?? 0) === 0) return null
  const unbind = () => {
    if (asked) void drop.mutateAsync({ id: asked.id }).then(() => { say(t('unbound')); setAsked(null) }, () => undefined)
  }
  return (
    <Card title={t('identities')}>
      {held.length > 0 ? <Rows rows={held.map((one) => ({ label: one.name, value: t('boundAt', { day: day(one.boundAt) }), end: <Button tone="quiet" aria-label={t('unbindOf', { name: one.name })} onClick={() => setAsked(one)}>{t('unbind')}</Button> }))} /> : <p className="k-hint">{t('identitiesNone')}</p>}
      <Sheet open={asked !== null} title={t('unbindOf', { name: asked?.name ?? '' })} onClose={() => setAsked(null)} footer={<><Button autoFocus onClick={() => setAsked(null)}>{t('cancel')}</Button><Button tone="danger" busy={drop.isPending} onClick={unbind}>{t('unbind')}</Button></>}>
        {drop.error ? <Trouble problem={drop.error} /> : null}
        <p>{t('unbindText')}</p>
      </Sheet>
    </Card>
  )
}
