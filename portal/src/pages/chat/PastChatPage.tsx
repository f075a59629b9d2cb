// A conversation that is over, to be read again.
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { SignInFirst } from '../orders/OrdersPage.tsx'
import { useCitizen } from '../../app/session.ts'
import { LinkButton } from '../../kit/Button.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import './chat.css'
import { Log, Registered } from './Talk.tsx'
import { t } from './texts.zh-CN.ts'

export default function PastChatPage(): ReactElement {
  const { id = '' } = useParams()
  const citizen = useCitizen()
  const past = useQueryOf('ownChat', { id }, { enabled: Boolean(citizen) })
  if (citizen === null) return <SignInFirst title={t('title')} />
  return (
    <Page title={past.data?.session.topic || t('title')}>
      {past.isPending ? <Skeleton /> : null}
      {past.error ? <Trouble problem={past.error} /> : null}
      {past.data ? <><Log messages={past.data.messages} /><Registered orders={past.data.session.orders} /></> : null}
      <div><LinkButton to="/chat">{t('back')}</LinkButton></div>
    </Page>
  )
}
