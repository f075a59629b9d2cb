// Shows notices by level; never takes the focus except P0. P2 stands in the top bar (NoticeChip), where it covers nothing.
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { Icon } from './icons.tsx'
import { acknowledge, currentLine, currentNotices, watchNotices } from './notices.ts'
import type { Notice } from './notices.ts'
import { t } from './texts.zh-CN.ts'
import './notices.css'

export function NoticeHost(): ReactElement {
  const notices = useSyncExternalStore(watchNotices, currentNotices)
  const line = useSyncExternalStore(watchNotices, currentLine)
  const blocking = notices.find((one) => one.level === 'P0')
  const strips = notices.filter((one) => one.level === 'P1')
  const corner = notices.filter((one) => one.level === 'P3')
  const hidden = corner.length - 3
  return (
    <>
      <div className="ms-strips" role="alert">{strips.map((one) => <Strip key={one.key} notice={one} />)}</div>
      <div className="ms-corner" role="status">
        {corner.slice(-3).map((one) => <CornerCard key={one.key} notice={one} />)}
        {hidden > 0 ? <div className="ms-corner-more">{t('notice.more', { n: hidden })}</div> : null}
      </div>
      <div className="ms-line" role={line?.tone === 'over' ? 'alert' : 'status'}>
        {line ? <span key={line.key} data-tone={line.tone}><Icon name={line.tone === 'ok' ? 'check' : 'warning'} />{line.text}</span> : null}
      </div>
      <Modal open={blocking !== undefined} title={blocking?.title} closable={false} keyboard={false} mask={{ closable: false }} footer={<Button type="primary" autoFocus onClick={() => blocking && acknowledge(blocking)}>{t('notice.confirm')}</Button>}>
        <p>{blocking?.text}</p>
      </Modal>
    </>
  )
}

function Strip({ notice }: { notice: Notice }): ReactElement {
  const navigate = useNavigate()
  return (
    <div className="ms-strip">
      <Icon name="megaphone" />
      <strong>{notice.title}</strong>
      <span>{notice.text}</span>
      <span className="ms-grow" />
      {notice.path ? <Button size="small" onClick={() => { acknowledge(notice); void navigate(notice.path ?? '/') }}>{t('open')}</Button> : null}
      <Button size="small" type="text" onClick={() => acknowledge(notice)}>{t('notice.dismiss')}</Button>
    </div>
  )
}

function CornerCard({ notice }: { notice: Notice }): ReactElement {
  const navigate = useNavigate()
  return (
    <div className="ms-corner-card" data-tone={notice.tone}>
      <div>
        <strong>{notice.title}</strong>
        {notice.text ? <p>{notice.text}</p> : null}
      </div>
      <div className="ms-row">
        {notice.path ? <button type="button" className="ms-link-button" onClick={() => { acknowledge(notice); void navigate(notice.path ?? '/') }}>{t('open')}</button> : null}
        <button type="button" className="ms-link-button" onClick={() => acknowledge(notice)}>{t('notice.dismiss')}</button>
      </div>
    </div>
  )
}
