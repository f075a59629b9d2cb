// The catalogue of boards, themes and tables by kind.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { grouped } from '../../ui/grouped.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'
import './analytics.css'

type Head = OutputOf<'listBoards'>['items'][number]

export default function BoardsPage(): ReactElement {
  const { pathname } = useLocation()
  const tables = pathname.endsWith('/tables')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const boards = useQueryOf('listBoards', {})
  return (
    <Page title={t(tables ? 'tables' : 'boards')} acts={<><Input.Search style={{ inlineSize: 220 }} aria-label={t('searchBoards')} placeholder={t('searchBoards')} allowClear value={text} onChange={(e) => setText(e.target.value)} />{boards.data?.mayManage ? <Button type="primary" onClick={() => void navigate('/analytics/boards/new/edit')}>{t('newBoard')}</Button> : null}</>}>
      <QueryView query={boards}>
        {({ items }) => {
          const fitting = items.filter((b) => (b.kind === 'table') === tables && (text === '' || b.name.includes(text) || b.description.includes(text)))
          const kinds = [...grouped(fitting, (b) => b.kindName)]
          return kinds.length === 0 ? <Empty kind="filter" /> : <>{kinds.map(([kind, list]) => <Section key={kind} title={`${kind} ${list.length}`}><div className="ms-analytics-cards">{list.map((one) => <Card key={one.code} one={one} />)}</div></Section>)}</>
        }}
      </QueryView>
    </Page>
  )
}

function Card({ one }: { one: Head }): ReactElement {
  const marks = [one.shipped ? null : t('own'), one.changed ? t('changedHere') : null, one.state === 'published' ? null : t(`state.${one.state}`), one.hasDraft && one.state === 'published' ? t('hasDraft') : null].filter((m) => m !== null)
  return (
    <Link to={one.state === 'draft' ? `/analytics/boards/${one.code}/edit` : `/analytics/boards/${one.code}`} className="ms-analytics-entry">
      <strong>{one.name}</strong>
      <span className="ms-muted">{one.description}</span>
      {marks.length > 0 ? <span className="ms-hint">{marks.join(' · ')}</span> : null}
    </Link>
  )
}
