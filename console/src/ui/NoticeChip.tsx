// Notices that ask for attention, in the top bar until acknowledged: they cover no form and move nothing. The newest is named, the rest open below.
import { Button, Popover } from 'antd'
import type { ReactElement } from 'react'
import { useState, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { Icon } from './icons.tsx'
import { acknowledge, currentNotices, watchNotices } from './notices.ts'
import type { Notice } from './notices.ts'
import { t } from './texts.zh-CN.ts'
import './notices.css'

export function NoticeChip(): ReactElement {
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const waiting = useSyncExternalStore(watchNotices, currentNotices).filter((one) => one.level === 'P2')
  const newest = waiting.at(-1)
  const go = (notice: Notice): void => {
    setOpen(false)
    acknowledge(notice)
    if (notice.path) void navigate(notice.path)
  }
  const list = (
    <div className="ms-notice-chip-list">
      {waiting.toReversed().map((one) => (
        <div key={one.key} className="ms-corner-card" data-tone={one.tone}>
          <div><strong>{one.title}</strong>{one.text ? <p>{one.text}</p> : null}</div>
          <div className="ms-row">
            {one.path ? <button type="button" className="ms-link-button" onClick={() => go(one)}>{t('open')}</button> : null}
            <button type="button" className="ms-link-button" onClick={() => acknowledge(one)}>{t('notice.dismiss')}</button>
          </div>
        </div>
      ))}
      <Button onClick={() => { setOpen(false); waiting.forEach(acknowledge) }}>{t('notice.all')}</Button>
    </div>
  )
  return (
    <div role="status" aria-label={t('notice.waiting')}>
      {newest ? (
        <div className="ms-notice-chip" data-tone={newest.tone}>
          <Icon name="megaphone" />
          <button type="button" className="ms-link-button" title={newest.text ?? newest.title} onClick={() => go(newest)}>{newest.title}</button>
          <button type="button" className="ms-link-button" onClick={() => acknowledge(newest)}>{t('notice.dismiss')}</button>
          {waiting.length > 1 ? <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={list}><button type="button" className="ms-link-button" aria-expanded={open}>{t('notice.more', { n: waiting.length - 1 })}</button></Popover> : null}
        </div>
      ) : null}
    </div>
  )
}
