// 我的: who I am, how I am reached, what the device keeps, the way out.
import { Button, Card, ErrorSummary, LinkButton, Rows, say, Sheet, Skeleton, TextInput, Trouble } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useCommand, useQueryOf } from '../api/queries.ts'
import { Page } from './frame/Frame.tsx'
import { keptIndex } from './kept.ts'
import { useSession } from './session.tsx'
import { t } from './texts.zh-CN.ts'

export default function MePage(): ReactElement {
  const session = useSession()
  const account = useQueryOf('getMyAccount', {})
  const [layer, setLayer] = useState<'edit' | 'leave' | null>(null)
  const [leaving, setLeaving] = useState(false)
  const { user } = session
  const me = account.data
  return (
    <Page title={t('me')}>
      <div className="k-stack">
        <Card title={user.name} extra={<span className="k-hint">{user.unitName}</span>}>
          <Rows rows={[
            { label: t('staffNo'), value: user.staffNo },
            { label: t('roles'), value: user.roles.map((one) => one.name).join('、') },
            me && me.posts.length > 1 ? { label: t('posts'), value: me.posts.map((one) => one.unitName).join('、') } : null,
            me ? { label: t('mobile'), value: <bdi>{me.mobileMasked ?? t('none')}</bdi> } : null,
            me ? { label: t('email'), value: me.email ?? t('none') } : null,
          ]} />
          {me ? <Button onClick={() => setLayer('edit')}>{t('edit')}</Button> : account.error ? <Trouble problem={account.error} /> : <Skeleton lines={2} />}
        </Card>
        <Card title={t('device')}><p>{t('deviceOrders', { n: keptIndex().length })}</p></Card>
        {session.can('data.read') || session.can('assessment.read') ? <LinkButton to="/m/stats" block>{t('stats')}</LinkButton> : null}
        <a className="k-button" data-tone="plain" data-block href="/?desktop">{t('desktop')}</a>
        <Button tone="danger" block onClick={() => setLayer('leave')}>{t('signOut')}</Button>
        <p className="k-hint">{t('help')}</p>
      </div>
      {layer === 'edit' && me ? <Edit me={me} onClose={() => setLayer(null)} /> : null}
      <Sheet open={layer === 'leave'} title={t('signOut')} onClose={() => setLayer(null)} footer={<><Button onClick={() => setLayer(null)}>{t('cancel')}</Button><Button tone="danger" busy={leaving} onClick={() => { setLeaving(true); void session.leave() }}>{t('signOut')}</Button></>}>
        <p>{t('signOutText')}</p>
      </Sheet>
    </Page>
  )
}

function Edit({ me, onClose }: { me: { version: number; mobileMasked: string | null; email: string | null }; onClose: () => void }): ReactElement {
  const [mobile, setMobile] = useState('')
  const [email, setEmail] = useState(me.email ?? '')
  const save = useCommand('changeMyAccount', { invalidates: ['getMyAccount'], onDone: () => { say(t('saved')); onClose() } })
  const errors = Object.fromEntries((save.error?.fields ?? []).map((one) => [one.path, one.message]))
  return (
    <Sheet open title={t('edit')} onClose={onClose} footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button tone="primary" busy={save.isPending} onClick={() => save.mutate({ version: me.version, email: email.trim() || null, ...(mobile.trim() ? { mobile: mobile.trim() } : {}) })}>{t('save')}</Button></>}>
      <div className="k-stack">
        {save.error && save.error.fields.length === 0 ? <Trouble problem={save.error} /> : null}
        <ErrorSummary errors={errors} />
        <TextInput name="mobile" label={t('mobile')} help={t('keepMobile', { value: me.mobileMasked ?? t('none') })} optional inputMode="tel" autoComplete="tel" value={mobile} onValue={setMobile} error={errors.mobile} />
        <TextInput name="email" label={t('email')} optional type="email" autoComplete="email" value={email} onValue={setEmail} error={errors.email} />
      </div>
    </Sheet>
  )
}
