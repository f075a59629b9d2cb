// Oneself: account, contact, password, second factor, sign-ins, display.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useSession } from '../../app/session.tsx'
import { request } from '../../api/http.ts'
import type { Problem } from '../../api/problem.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { ContactForm } from './ContactForm.tsx'
import { Delegations } from './Delegations.tsx'
import { DisplaySettings } from './DisplaySettings.tsx'
import { OwnApplications } from './OwnApplications.tsx'
import { OwnSessions } from './OwnSessions.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { Reminders } from './Reminders.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { t } from './texts.zh-CN.ts'
import './me.css'

export type Account = {
  login: string
  staffNo: string
  name: string
  mobileMasked: string | null
  email: string | null
  hasPassword: boolean
  totp: boolean
  passwordChangedAt: string | null
  version: number
  posts: { unitId: string; unitName: string; main: boolean; title: string | null }[]
}

export default function MePage(): ReactElement {
  const { user } = useSession()
  const client = useQueryClient()
  const account = useQuery<Account, Problem>({ queryKey: ['myAccount'], queryFn: ({ signal }) => request<Account>('GET', '/api/me', {}, { signal }) })
  const refresh = () => void client.invalidateQueries({ queryKey: ['myAccount'] })
  return (
    <Page title={t('title')}>
      <QueryView query={account}>
        {(data) => (
          <div className="ms-me">
            <Section title={t('account')}>
              <Facts items={[
                { label: t('name'), value: data.name },
                { label: t('login'), value: data.login },
                { label: t('staffNo'), value: data.staffNo },
                { label: t('posts'), value: data.posts.map((post) => `${post.unitName}${post.title ? ` ${post.title}` : ''}${post.main && data.posts.length > 1 ? `（${t('mainPost')}）` : ''}`).join('、') },
                { label: t('roles'), value: user.roles.map((role) => role.name).join('、') },
                { label: t('lastSignIn'), value: user.lastSignIn ? <><Time iso={user.lastSignIn.at} /> {user.lastSignIn.ip ?? ''}</> : null },
              ]} />
            </Section>
            <Section title={t('contact')}><ContactForm account={data} onDone={refresh} /></Section>
            <Section title={t('password')}>{data.hasPassword ? <PasswordForm changedAt={data.passwordChangedAt} onDone={refresh} /> : <span className="ms-muted">{t('noPassword')}</span>}</Section>
            <Section title={t('factor')}><SecondFactor on={data.totp} hasPassword={data.hasPassword} onDone={refresh} /></Section>
            <Section title={t('remind')}><Reminders /></Section>
            <Section title={t('display')}><DisplaySettings /></Section>
            <OwnApplications />
            <div className="ms-me-wide"><Delegations /></div>
            <div className="ms-me-wide"><OwnSessions /></div>
          </div>
        )}
      </QueryView>
    </Page>
  )
}
