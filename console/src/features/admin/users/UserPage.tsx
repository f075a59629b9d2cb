// One account: facts, posts, state of sign-in, granted roles and every right with where it comes from.
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useRecent } from '../../../app/recent.ts'
import { useSession } from '../../../app/session.tsx'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { asProblem } from '../../../api/problem.ts'
import { OneTimePassword, TypedConfirm } from '../parts/Dialogs.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { checkPosts, clearable, editSchema, postsOf, PostsField } from './user-forms.tsx'
import { UserRights } from './UserRights.tsx'
import { t } from './texts.zh-CN.ts'

type User = OutputOf<'getUser'>
type Dialog = 'edit' | 'disable' | 'remove' | 'reset' | null

export default function UserPage(): ReactElement {
  const { id = '' } = useParams()
  const user = useQueryOf('getUser', { id })
  return <QueryView query={user}>{(data) => <UserView user={data} />}</QueryView>
}

function UserView({ user }: { user: User }): ReactElement {
  const { can, user: me } = useSession()
  const send = useAct('getUser', 'list', 'listUsers')
  const [dialog, setDialog] = useState<Dialog>(null)
  const [given, setGiven] = useState<{ login: string; password: string } | null>(null)
  const tree = useQueryOf('getUnitTree', { tenantId: user.tenantId, disabled: 'false' }, { enabled: dialog === 'edit' })
  const units = useMemo(() => localLoader(`units-of:${user.tenantId}:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data, user.tenantId])
  useRecent({ kind: t('title'), title: `${user.name} ${user.staffNo}`, path: `/admin/users/${user.id}` })
  const close = () => setDialog(null)
  const self = user.id === me.id
  const quick = async (op: 'enableUser' | 'unlockUser' | 'endUserSessions' | 'resetUserTotp', done: string, ask?: { title: string; text: string; verb: string }) => {
    if (ask && !(await confirm({ ...ask, danger: true }))) return
    try {
      await send(op, { id: user.id })
      say(done)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const more = [
    { key: 'end', label: t('endSessions'), disabled: user.sessions === 0, onClick: () => void quick('endUserSessions', t('endedSessions'), { title: t('endTitle', { name: user.name }), text: t('endText'), verb: t('endSessions') }) },
    { key: 'totp', label: t('resetTotp'), disabled: !user.totp, onClick: () => void quick('resetUserTotp', t('totpCleared'), { title: t('totpTitle', { name: user.name }), text: t('totpText'), verb: t('resetTotp') }) },
    { key: 'remove', label: t('remove'), danger: true, onClick: () => setDialog('remove') },
  ]
  const gone = user.state === 'deleted'
  return (
    <Page title={user.name} sub={<span className="ms-code">{user.staffNo}</span>} stateText={t(user.state)} help="users"
      state={<><Tag tone={user.state === 'active' ? 'ok' : 'calm'}>{t(user.state)}</Tag>{user.lockedUntil ? <Tag tone="over" icon="lock">{t('locked', { time: when(user.lockedUntil) })}</Tag> : null}</>}
      acts={can('platform.manageUsers') && !gone ? (
        <div className="ms-acts">
          {user.lockedUntil ? <Button type="primary" onClick={() => void quick('unlockUser', t('unlocked'))}>{t('unlock')}</Button> : null}
          <Button type={user.lockedUntil ? 'default' : 'primary'} onClick={() => setDialog('edit')}>{t('edit')}</Button>
          <Button onClick={() => setDialog('reset')}>{t('reset')}</Button>
          {user.state === 'active' ? <Button danger onClick={() => setDialog('disable')} disabled={self}>{t('disable')}</Button> : <Button onClick={() => void quick('enableUser', t('enabledDone'))}>{t('enable')}</Button>}
          <Dropdown trigger={['click']} menu={{ items: more }}><Button icon={<Icon name="more" label={t('remove')} />} /></Dropdown>
        </div>
      ) : null}>
      <div className="ms-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(380px, 1fr))' }}>
        <Section title={t('basics')}>
          <Facts items={[
            { label: t('login'), value: <span className="ms-code">{user.login}</span> },
            { label: t('mobile'), value: user.mobileMasked },
            { label: t('email'), value: user.email },
            { label: t('period'), value: user.validFrom || user.validTo ? `${user.validFrom ?? '…'} — ${user.validTo ?? '…'}` : t('periodOpen') },
            { label: t('posts'), value: <ul className="ms-bare">{user.posts.map((post) => <li key={post.unitId}>{post.unitName}{post.title ? ` · ${post.title}` : ''} {post.main ? <Tag tone="primary">{t('main')}</Tag> : null}</li>)}</ul> },
          ]} />
        </Section>
        <Section title={t('account')} extra={can('platform.readAudit') ? <Link to={`/admin/audit?actorId=${user.id}`}>{t('audit')}</Link> : null}>
          <Facts items={[
            { label: t('password'), value: user.hasPassword ? `${t('hasPassword')}${user.mustChangePassword ? `，${t('mustChange')}` : ''}` : t('noPassword') },
            { label: t('totp'), value: user.totp ? t('totpOn') : t('totpOff') },
            { label: t('lastSignIn'), value: user.lastSignInAt ? <Time iso={user.lastSignInAt} /> : t('never') },
            { label: t('sessions'), value: t('sessionsN', { n: user.sessions }) },
            { label: t('created'), value: <Time iso={user.createdAt} /> },
            { label: t('changed'), value: t('changedBy', { who: user.changedBy, time: when(user.changedAt) }) },
          ]} />
        </Section>
      </div>
      <UserRights userId={user.id} tenantId={user.tenantId} mayGrant={can('platform.grantRoles') && !self && !gone} />
      <ActDrawer open={dialog === 'edit'} onClose={close} title={t('edit')} sub={user.name} schema={editSchema} check={checkPosts} draftKey={`user:${user.id}`} submitLabel={t('edit')}
        initial={Object.fromEntries(Object.entries({ name: user.name, staffNo: user.staffNo, mobile: user.mobileMasked, email: user.email, validFrom: user.validFrom, validTo: user.validTo, posts: user.posts.map(({ unitId, main, title }) => ({ unitId, main, title })) }).filter(([, value]) => value !== null))}
        own={{ names: ['posts'], render: (form) => <PostsField form={form} loader={units} /> }}
        submit={async (values) => {
          const { mobile, ...rest } = cleared(values, clearable)
          await send('changeUser', { ...rest, ...(mobile === user.mobileMasked ? {} : { mobile }), posts: postsOf(values), id: user.id, version: user.version })
          say(t('saved'))
        }} />
      <TypedConfirm open={dialog === 'disable'} onClose={close} title={t('disableTitle', { name: user.name })} text={t('disableText')} word={user.name} verb={t('disable')} reason="may"
        run={async (reason) => { await send('disableUser', { id: user.id, ...(reason ? { reason } : {}) }); say(t('disabledDone')) }} />
      <TypedConfirm open={dialog === 'remove'} onClose={close} title={t('removeTitle', { name: user.name })} text={t('removeText')} word={user.name} verb={t('remove')} run={async () => { await send('deleteUser', { id: user.id }); say(t('removed')) }} />
      <TypedConfirm open={dialog === 'reset'} onClose={close} title={t('resetTitle', { name: user.name })} text={t('resetText')} word={user.name} verb={t('reset')} reason="may"
        run={async (reason) => { const { oneTimePassword } = await send('resetUserPassword', { id: user.id, ...(reason ? { reason } : {}) }); setGiven({ login: user.login, password: oneTimePassword }) }} />
      <OneTimePassword given={given} title={t('oneTime', { name: user.name })} onClose={() => setGiven(null)} />
    </Page>
  )
}
